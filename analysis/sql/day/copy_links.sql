-- What confirmed matches link, as it stood on a day, is worked out once: in the place of the view, for the questions of that day.
--
-- grain:   a statement, rows in a temporary table
-- key:     match_id, side, fact_id, other_side
-- params:  as_of (date): links of later days do not exist yet
-- units:   US dollars of the fact
create temp table linked_amounts as
select
    match_id,
    known_on,
    side,
    fact_id,
    other_side,
    linked_amount
from linked_amounts
where known_on <= $as_of
