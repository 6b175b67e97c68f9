-- Pairs of facts that a match whose money the tie-out counts holds together, with the amount linked on each.
--
-- grain:   one row per match and pair of its facts on different sides
-- key:     match_id, side, fact_id, other_side, other_fact_id
-- params:  none
-- units:   US dollars; a fact of a match with several others stands in several rows
create or replace view tied_pairs as
select
    tied.match_id,
    tied.rule,
    tied.known_on,
    tied.is_proposed,
    own.side,
    own.fact_id,
    own.amount,
    other.side as other_side,
    other.fact_id as other_fact_id,
    other.amount as other_amount
from tied_matches as tied
inner join match_side as own on tied.match_id = own.match_id
inner join match_side as other on tied.match_id = other.match_id and own.side <> other.side
