-- What a run found that was not there, by rule.
--
-- grain:   one row per rule that found something
-- key:     rule
-- params:  none
-- units:   US dollars of the side that comes first by name, of matches that are confirmed
with counted as (
    select
        rule,
        count(*) as group_count,
        count(case when status = 'proposed' then 1 end) as proposed_count
    from found_match
    group by rule
),

sums as (
    select
        found_match.rule,
        found_side.side,
        sum(case when found_match.status = 'confirmed' then found_side.amount else 0 end) as amount,
        row_number() over (partition by found_match.rule order by found_side.side) as place
    from found_match
    inner join found_side on found_match.found_number = found_side.found_number
    group by found_match.rule, found_side.side
)

select
    counted.rule,
    counted.group_count,
    counted.proposed_count,
    sums.amount::decimal(18, 2) as amount
from counted
inner join sums on counted.rule = sums.rule and sums.place = 1
order by counted.rule
