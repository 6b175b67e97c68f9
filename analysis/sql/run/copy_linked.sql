-- What confirmed matches link, copied for a run.
--
-- grain:   a statement, a working table made
-- key:     none
-- params:  none
-- units:   US dollars
create temp table linked_amounts as
select
    match_id,
    known_on,
    side,
    fact_id,
    other_side,
    linked_amount
from linked_amounts
