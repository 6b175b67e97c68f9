-- Pairs of facts that a confirmed match holds together, with the amount linked on the first.
--
-- grain:   one row per match and pair of its facts on different sides
-- key:     match_id, side, fact_id, other_side, other_fact_id
-- params:  none
-- units:   US dollars
create or replace view linked_pairs as
select
    own.match_id,
    own.rule,
    own.known_on,
    own.side,
    own.fact_id,
    own.amount,
    other.side as other_side,
    other.fact_id as other_fact_id,
    other.amount as other_amount
from match_links as own
inner join match_links as other on own.match_id = other.match_id and own.side <> other.side
where own.status = 'confirmed'
