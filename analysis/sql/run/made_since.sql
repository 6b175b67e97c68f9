-- What the runs from one on have made and still hold, by rule.
--
-- grain:   one row per rule
-- key:     rule
-- params:  first_run_id (integer)
-- example: first_run_id=1
-- units:   US dollars of the side that comes first by name, of matches that are confirmed
select
    standing.rule,
    count(*) as group_count,
    count(case when standing.status = 'proposed' then 1 end) as proposed_count,
    sum(case when standing.status = 'confirmed' then match_amounts.amount else 0 end)::decimal(18, 2) as amount
from match_standing as standing
inner join match_amounts on standing.match_id = match_amounts.match_id
inner join match_run on standing.run_id = match_run.run_id
where match_run.kind = 'rules' and standing.run_id >= $first_run_id and standing.status in ('confirmed', 'proposed')
group by standing.rule
order by standing.rule
