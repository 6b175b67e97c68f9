-- Remittances paid by several credits that all carry its trace and together are its amount.
--
-- grain:   one row per side of a set
-- key:     set_number, side, fact_id
-- params:  shortest_of_another (integer): characters that the trace must have where the bank names another sender or none;
--          days_before (integer), days_after (integer): bank business days from the payment date to each deposit
-- example: shortest_of_another=8, days_before=10, days_after=10
-- units:   US dollars
with parts as (
    select distinct
        advice.remittance_id,
        advice.fact_id as remittance_fact_id,
        advice.open_amount as remittance_amount,
        advice.trace_number,
        advice.known_on as remittance_known_on,
        deposit.fact_id,
        deposit.open_amount,
        deposit.known_on
    from open_traces as trace
    inner join open_deposits as deposit on trace.bank_transaction_id = deposit.bank_transaction_id
    inner join open_remittances as advice on trace.trace_key = advice.trace_key
    where deposit.open_amount < advice.open_amount
        and deposit.posted_number - advice.payment_number between -$days_before and $days_after
        and (
            coalesce(deposit.company_key in (advice.payer_key_1, advice.payer_key_2, advice.payer_key_3), false)
            or length(trace.trace_key) >= $shortest_of_another
        )
),

contested as (
    select fact_id
    from parts
    group by fact_id
    having count(*) > 1
),

whole as (
    select
        remittance_id,
        remittance_fact_id,
        remittance_amount,
        remittance_known_on,
        cast(count(*) as varchar) || ' deposits carry trace ' || trace_number || ' and add up to its payment' as explanation,
        row_number() over (order by remittance_id) as set_number
    from parts
    group by remittance_id, remittance_fact_id, remittance_amount, trace_number, remittance_known_on
    having count(*) > 1
        and sum(open_amount) = remittance_amount
        and count(case when fact_id in (select contested.fact_id from contested) then 1 end) = 0
)

select
    whole.set_number,
    true as is_sole,
    'remittance' as side,
    whole.remittance_fact_id as fact_id,
    whole.remittance_amount as amount,
    whole.remittance_known_on as known_on,
    whole.explanation,
    'trace; sum' as agrees,
    cast(null as varchar) as differs
from whole
union all
select
    whole.set_number,
    true as is_sole,
    'bank' as side,
    parts.fact_id,
    parts.open_amount as amount,
    parts.known_on,
    whole.explanation,
    'trace; sum' as agrees,
    cast(null as varchar) as differs
from whole
inner join parts on whole.remittance_id = parts.remittance_id
