-- What a run found that was not there, by rule.
--
-- grain:   one row per rule that found something
-- key:     rule
-- params:  none
-- units:   US dollars of the side that comes first by name
with first_sides as (
    select found_number, min(side) as side
    from found_side
    group by found_number
),

amounts as (
    select found_side.found_number, sum(found_side.amount) as amount
    from found_side
    inner join first_sides on found_side.found_number = first_sides.found_number and found_side.side = first_sides.side
    group by found_side.found_number
)

select
    found_match.rule,
    count(*) as group_count,
    count(case when found_match.status = 'proposed' then 1 end) as proposed_count,
    sum(case when found_match.status = 'confirmed' then amounts.amount else 0 end)::decimal(18, 2) as amount
from found_match
inner join amounts on found_match.found_number = amounts.found_number
group by found_match.rule
order by found_match.rule
