-- Files that the days before had and this business day has not: a bank account's lines, and posting batches.
--
-- grain:   one row per bank account, or for all posting batches, that is missing
-- key:     missing
-- params:  as_of (date): the day to be closed
-- example: as_of=2026-11-13
-- units:   counts of days; usual: there on three at least of the five business days before
with told as (
    select distinct 'lines of bank account ending in ' || right(bank_account, 4) as missing, posted_date as day
    from bank_transactions
    where known_on <= $as_of
    union
    select distinct 'posting batches' as missing, deposit_date as day
    from posting_batches
    where known_on <= $as_of
),

today as (
    select bank_day.business_number
    from bank_day
    left join bank_day as eve on eve.calendar_day = cast(bank_day.calendar_day - interval 1 day as date)
    where bank_day.calendar_day = $as_of and bank_day.business_number > coalesce(eve.business_number, 0)
)

select
    told.missing,
    count(distinct case when told.day < $as_of then bank_day.business_number end) as days_before
from told
inner join bank_day on told.day = bank_day.calendar_day
inner join today on bank_day.business_number between today.business_number - 5 and today.business_number
group by told.missing
having count(case when told.day = $as_of then 1 end) = 0
    and count(distinct case when told.day < $as_of then bank_day.business_number end) >= 3
order by told.missing
