-- Matches made before their day was kept get the day on which the last of their facts became known.
--
-- grain:   a statement, one row changed per match without a day
-- key:     none
-- params:  none
-- units:   a date
update match_group
set known_on = (
    select max(facts.known_on)
    from match_side
    inner join linkable_facts as facts on match_side.side = facts.side and match_side.fact_id = facts.fact_id
    where match_side.match_id = match_group.match_id
)
where known_on is null
