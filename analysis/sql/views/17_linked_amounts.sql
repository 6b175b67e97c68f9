-- What confirmed matches link of each fact to each other side, match by match.
--
-- grain:   one row per match, fact and other side
-- key:     match_id, side, fact_id, other_side
-- params:  none
-- units:   US dollars of the fact; known_on is the day the match's last side became known
create or replace view linked_amounts as
select distinct
    match_id,
    known_on,
    side,
    fact_id,
    other_side,
    amount as linked_amount
from linked_pairs
