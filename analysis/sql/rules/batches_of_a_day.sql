-- Deposits that are the sum of all open posting batches of one account and deposit day.
--
-- grain:   one row per side of a set
-- key:     set_number, side, fact_id
-- params:  days_after (integer): calendar days from the deposit date to the deposit
-- example: days_after=1
-- units:   US dollars
-- note:    not deposits in whose text the bank names a sender or a trace; batches all in whole dollars are not certain
with banked as (
    select distinct batch_advice.batch_id
    from batch_advice
    inner join banked_remittances on batch_advice.remittance_id = banked_remittances.remittance_id
),

days as (
    select
        batch.bank_account,
        batch.deposit_date,
        batch.batch_type,
        count(*) as batch_count,
        sum(batch.control_total)::decimal(18, 2) as control_total,
        max(batch.control_total % 1) = 0 as is_round
    from open_batches as batch
    left join banked on batch.batch_id = banked.batch_id
    where banked.batch_id is null and batch.control_total > 0
    group by batch.bank_account, batch.deposit_date, batch.batch_type
    having count(*) > 1
),

pairs as (
    select
        days.bank_account,
        days.deposit_date,
        days.batch_type,
        days.batch_count,
        days.is_round,
        deposit.fact_id,
        deposit.open_amount,
        deposit.known_on,
        count(*) over (partition by days.bank_account, days.deposit_date, days.batch_type) as deposits_found,
        count(*) over (partition by deposit.fact_id) as days_found,
        row_number() over (order by days.deposit_date, days.bank_account, days.batch_type, deposit.fact_id) as set_number
    from days
    inner join open_deposits as deposit
        on days.bank_account = deposit.bank_account
        and days.control_total = deposit.open_amount
        and date_diff('day', days.deposit_date, deposit.posted_date) between 0 and $days_after
    where not deposit.is_posted
        and deposit.company_key is null
        and not deposit.has_trace
        and (deposit.line_kind <> 'card' or days.batch_type in ('CARD', 'PATIENT', 'MANUAL'))
        and (days.batch_type <> 'CARD' or deposit.line_kind in ('card', 'other_credit'))
),

worded as (
    select
        set_number,
        bank_account,
        deposit_date,
        batch_type,
        fact_id,
        open_amount,
        known_on,
        deposits_found = 1 and days_found = 1 and not is_round as is_sole,
        'the sum of all ' || cast(batch_count as varchar) || ' batches of that account and day'
        || case
            when deposits_found > 1 or days_found > 1 then '; it fits more than one: ambiguous'
            when is_round then '; all in whole dollars'
            else ''
        end as explanation
    from pairs
)

select
    worded.set_number,
    worded.is_sole,
    'bank' as side,
    worded.fact_id,
    worded.open_amount as amount,
    worded.known_on,
    worded.explanation,
    'sum; bank account; date' as agrees,
    cast(null as varchar) as differs
from worded
union all
select
    worded.set_number,
    worded.is_sole,
    'batch' as side,
    batch.batch_id as fact_id,
    batch.control_total as amount,
    batch.known_on,
    worded.explanation,
    'sum; bank account; date' as agrees,
    cast(null as varchar) as differs
from worded
inner join open_batches as batch
    on worded.bank_account = batch.bank_account
    and worded.deposit_date = batch.deposit_date
    and worded.batch_type = batch.batch_type
left join banked on batch.batch_id = banked.batch_id
where banked.batch_id is null and batch.control_total > 0
