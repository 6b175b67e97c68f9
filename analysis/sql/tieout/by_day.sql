-- Deposited, remitted and posted, day by day, over the last 31 days.
--
-- grain:   one row per day on which anything happened
-- key:     day
-- params:  as_of (date): later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; variance_amount = deposited − posted of that day
with moved as (
    select
        posted_date as day,
        amount as deposited_amount,
        cast(0 as decimal(18, 2)) as remitted_amount,
        cast(0 as decimal(18, 2)) as posted_amount
    from bank_transactions
    where not_counted is null
        and amount > 0
        and line_kind not in ('interest', 'sweep', 'adjustment')
        and known_on <= $as_of
    union all
    select
        payment_date as day,
        cast(0 as decimal(18, 2)) as deposited_amount,
        payment_amount as remitted_amount,
        cast(0 as decimal(18, 2)) as posted_amount
    from remittances
    where duplicate_of is null and not is_without_deposit and known_on <= $as_of and payment_date <= $as_of
    union all
    select
        deposit_date as day,
        cast(0 as decimal(18, 2)) as deposited_amount,
        cast(0 as decimal(18, 2)) as remitted_amount,
        posted_total as posted_amount
    from posting_batches
    where known_on <= $as_of and deposit_date <= $as_of
)

select
    day,
    sum(deposited_amount)::decimal(18, 2) as deposited_amount,
    sum(remitted_amount)::decimal(18, 2) as remitted_amount,
    sum(posted_amount)::decimal(18, 2) as posted_amount,
    (sum(deposited_amount) - sum(posted_amount))::decimal(18, 2) as variance_amount
from moved
where date_diff('day', day, $as_of) between 0 and 30
group by day
order by day
