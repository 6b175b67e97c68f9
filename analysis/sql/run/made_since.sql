-- What the runs from one on have made and still hold, by rule.
--
-- grain:   one row per rule
-- key:     rule
-- params:  first_run_id (integer)
-- example: first_run_id=1
-- units:   US dollars of the side that comes first by name, of matches that are confirmed
with made as (
    select match_id, rule, status
    from match_standing
    where run_id >= $first_run_id and status in ('confirmed', 'proposed')
),

counted as (
    select
        rule,
        count(*) as group_count,
        count(case when status = 'proposed' then 1 end) as proposed_count
    from made
    group by rule
),

sums as (
    select
        made.rule,
        match_side.side,
        sum(case when made.status = 'confirmed' then match_side.amount else 0 end) as amount,
        row_number() over (partition by made.rule order by match_side.side) as place
    from made
    inner join match_side on made.match_id = match_side.match_id
    group by made.rule, match_side.side
)

select
    counted.rule,
    counted.group_count,
    counted.proposed_count,
    sums.amount::decimal(18, 2) as amount
from counted
inner join sums on counted.rule = sums.rule and sums.place = 1
order by counted.rule
