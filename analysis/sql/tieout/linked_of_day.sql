-- What confirmed matches link of each fact to each other side, as it stood on a day.
--
-- grain:   one row per match, fact and other side
-- key:     match_id, side, fact_id, other_side
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars of the fact
-- note:    asked once and put in the place of the view linked_amounts, for questions that need it many times
select
    match_id,
    known_on,
    side,
    fact_id,
    other_side,
    linked_amount
from linked_amounts
where known_on <= $as_of
