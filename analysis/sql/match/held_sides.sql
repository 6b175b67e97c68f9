-- The sides of a match that a person holds, or has given back.
--
-- grain:   one row per side
-- key:     side, fact_id
-- params:  match_id (integer)
-- example: match_id=1
-- units:   none
select
    match_side.side,
    match_side.fact_id,
    held_facts.standing,
    linkable.reference
from match_side
inner join held_facts on match_side.side = held_facts.side and match_side.fact_id = held_facts.fact_id
inner join linkable_facts as linkable on match_side.side = linkable.side and match_side.fact_id = linkable.fact_id
where match_side.match_id = $match_id
order by match_side.side, match_side.fact_id
