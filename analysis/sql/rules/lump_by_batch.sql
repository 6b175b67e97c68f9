-- Deposits that are the sum of the remittances which one posting batch of their day and account names.
--
-- grain:   one row per side of a set
-- key:     set_number, side, fact_id
-- params:  days_after (integer): business days from the batch's deposit date to the deposit
-- example: days_after=3
-- units:   US dollars
-- note:    all remittances that the batch names must be open, at least two, and add up to control total and deposit
with named as (
    select
        batch.batch_id,
        count(*) as advice_count,
        count(advice.remittance_id) as open_count,
        sum(batch_advice.payment_amount)::decimal(18, 2) as payment_total
    from open_batches as batch
    inner join batch_advice on batch.batch_id = batch_advice.batch_id
    left join open_remittances as advice on batch_advice.remittance_id = advice.remittance_id
    where batch_advice.namesakes = 1 and not batch_advice.is_without_deposit
    group by batch.batch_id
),

-- Deposits whose text names a trace, or a sender who is a payer, and none of the batch's remittances has it.
told_else as (
    select named.batch_id, deposit.fact_id
    from named
    inner join batch_advice on named.batch_id = batch_advice.batch_id
    inner join open_remittances as advice on batch_advice.remittance_id = advice.remittance_id
    inner join open_deposits as deposit on named.payment_total = deposit.open_amount
    left join open_traces as trace
        on deposit.bank_transaction_id = trace.bank_transaction_id and advice.trace_key = trace.trace_key
    where deposit.has_trace or deposit.company_key in (select offer_keys.company_key from offer_keys)
    group by named.batch_id, deposit.fact_id
    having bool_and(
        trace.trace_key is null
        and not coalesce(deposit.company_key in (advice.payer_key_1, advice.payer_key_2, advice.payer_key_3), false)
    )
),

pairs as (
    select
        batch.batch_id,
        deposit.fact_id,
        deposit.open_amount,
        greatest(batch.known_on, deposit.known_on) as known_on,
        named.advice_count,
        count(*) over (partition by batch.batch_id) as deposits_found,
        count(*) over (partition by deposit.fact_id) as batches_found,
        row_number() over (order by batch.batch_id, deposit.fact_id) as set_number
    from named
    inner join open_batches as batch on named.batch_id = batch.batch_id
    inner join open_deposits as deposit
        on named.payment_total = deposit.open_amount
        and batch.control_total = deposit.open_amount
        and deposit.posted_number - batch.deposit_number between 0 and $days_after
        and coalesce(batch.bank_account, deposit.bank_account) = deposit.bank_account
    left join told_else on batch.batch_id = told_else.batch_id and deposit.fact_id = told_else.fact_id
    where named.advice_count > 1 and named.open_count = named.advice_count and told_else.batch_id is null
),

worded as (
    select
        set_number,
        batch_id,
        fact_id,
        open_amount,
        known_on,
        deposits_found = 1 and batches_found = 1 as is_sole,
        'the sum of the ' || cast(advice_count as varchar) || ' remittances that batch ' || batch_id
        || ' posts for this day and account'
        || case when deposits_found = 1 and batches_found = 1 then '' else '; it fits more than one: ambiguous' end as explanation
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
    'sum; bank account; batch' as agrees,
    cast(null as varchar) as differs
from worded
union all
select
    worded.set_number,
    worded.is_sole,
    'remittance' as side,
    advice.fact_id,
    advice.open_amount as amount,
    advice.known_on,
    worded.explanation,
    'sum; bank account; batch' as agrees,
    cast(null as varchar) as differs
from worded
inner join batch_advice on worded.batch_id = batch_advice.batch_id
inner join open_remittances as advice on batch_advice.remittance_id = advice.remittance_id
