-- Deposited, remitted and posted, day by day, over the last 31 days.
--
-- grain:   one row per day on which anything happened
-- key:     day
-- params:  as_of (date): later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; variance_amount = deposited − posted of that day
with legs as (
    select
        day,
        case when leg = 'deposited' then amount else 0 end as deposited_amount,
        case when leg = 'remitted' then amount else 0 end as remitted_amount,
        case when leg = 'posted' then amount else 0 end as posted_amount
    from day_legs
    where known_on <= $as_of and date_diff('day', day, $as_of) between 0 and 30
)

select
    day,
    sum(deposited_amount)::decimal(18, 2) as deposited_amount,
    sum(remitted_amount)::decimal(18, 2) as remitted_amount,
    sum(posted_amount)::decimal(18, 2) as posted_amount,
    (sum(deposited_amount) - sum(posted_amount))::decimal(18, 2) as variance_amount
from legs
group by day
order by day
