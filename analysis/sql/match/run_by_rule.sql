-- What one run made, by rule.
--
-- grain:   one row per rule that made a match in it
-- key:     rule
-- params:  run_id (integer)
-- example: run_id=1
-- units:   US dollars of the confirmed matches, on the side that comes first by name
select
    match_group.rule,
    count(*) as made_count,
    count(case when match_group.status = 'proposed' then 1 end) as proposed_count,
    sum(case when match_group.status = 'confirmed' then match_amounts.amount else 0 end)::decimal(18, 2) as amount,
    count(case when standing.status in ('confirmed', 'proposed') then 1 end) as standing_count
from match_group
inner join match_standing as standing on match_group.match_id = standing.match_id
inner join match_amounts on match_group.match_id = match_amounts.match_id
where match_group.run_id = $run_id
group by match_group.rule
order by made_count desc, match_group.rule
