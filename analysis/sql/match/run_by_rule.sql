-- What one run made, by rule.
--
-- grain:   one row per rule that made a match in it
-- key:     rule
-- params:  run_id (integer)
-- example: run_id=1
-- units:   US dollars of the confirmed matches, on the side that comes first by name
with first_sides as (
    select match_id, min(side) as side
    from match_side
    group by match_id
),

amounts as (
    select match_side.match_id, sum(match_side.amount) as amount
    from match_side
    inner join first_sides on match_side.match_id = first_sides.match_id and match_side.side = first_sides.side
    group by match_side.match_id
)

select
    match_group.rule,
    count(*) as made_count,
    count(case when match_group.status = 'proposed' then 1 end) as proposed_count,
    sum(case when match_group.status = 'confirmed' then amounts.amount else 0 end)::decimal(18, 2) as amount,
    count(case when standing.status in ('confirmed', 'proposed') then 1 end) as standing_count
from match_group
inner join match_standing as standing on match_group.match_id = standing.match_id
inner join amounts on match_group.match_id = amounts.match_id
where match_group.run_id = $run_id
group by match_group.rule
order by made_count desc, match_group.rule
