-- Pairs of facts that a confirmed match holds together, with the amount linked on each.
--
-- grain:   one row per match and pair of its facts on different sides
-- key:     match_id, side, fact_id, other_side, other_fact_id
-- params:  none
-- units:   US dollars; a fact of a match with several others stands in several rows: add up `linked_amounts` instead
create or replace view linked_pairs as
select
    standing.match_id,
    standing.rule,
    standing.known_on,
    own.side,
    own.fact_id,
    own.amount,
    other.side as other_side,
    other.fact_id as other_fact_id,
    other.amount as other_amount
from match_standing as standing
inner join match_side as own on standing.match_id = own.match_id
inner join match_side as other on standing.match_id = other.match_id and own.side <> other.side
where standing.status = 'confirmed'
