-- Every match has facts on at least two sides, and each of them is in the store.
--
-- grain:   one row per match that is broken
-- key:     match_id
-- params:  none
-- units:   counts of sides
select
    match_group.match_id,
    count(distinct match_side.side) as sides,
    count(facts.fact_id) as facts_found,
    count(match_side.fact_id) as facts_named
from match_group
left join match_side on match_group.match_id = match_side.match_id
left join linkable_facts as facts on match_side.side = facts.side and match_side.fact_id = facts.fact_id
group by match_group.match_id
having count(distinct match_side.side) < 2 or count(facts.fact_id) <> count(match_side.fact_id)
order by match_group.match_id
