-- For each open deposit and remittance what comes nearest to being its partner, and the one condition that fails.
--
-- grain:   one row per open item and other fact that nearly fits, nearest first, the three nearest
-- key:     item_id, other_side, other_fact_id
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; off_by is deposit minus remittance; days_off is bank business days from payment date to deposit
-- note:    miss, nearest first: amount (same trace), used (same trace and amount, matched to something else), window (payer
--          and amount, days apart), trace (payer and amount, another trace), payer (amount alone), taken (amount
--          alone, and matched to something else)
with deposits as materialized (
    select
        line.bank_transaction_id,
        line.fact_id,
        line.amount,
        line.posted_number,
        line.company_key,
        line.has_trace,
        coalesce(line.bank_reference, 'the one of ' || cast(line.posted_date as varchar)) as shown,
        wanted_items.item_id
    from deposit_keys as line
    left join wanted_items on wanted_items.side = 'bank' and line.fact_id = wanted_items.fact_id
    where line.known_on <= $as_of
),

advice as materialized (
    select
        remittance.fact_id,
        remittance.amount,
        remittance.payment_number,
        remittance.trace_key,
        remittance.trace_number as shown,
        remittance.payer_name,
        remittance.payer_key_1,
        remittance.payer_key_2,
        remittance.payer_key_3,
        wanted_items.item_id
    from remittance_keys as remittance
    left join wanted_items on wanted_items.side = 'remittance' and remittance.fact_id = wanted_items.fact_id
    where remittance.known_on <= $as_of
),

sharing as (
    select deposits.fact_id as deposit_id, advice.fact_id as advice_id
    from deposits
    inner join bank_trace on deposits.bank_transaction_id = bank_trace.bank_transaction_id
    inner join advice on bank_trace.trace_key = advice.trace_key
    where deposits.item_id is not null
    union
    select deposits.fact_id as deposit_id, advice.fact_id as advice_id
    from advice
    inner join bank_trace on advice.trace_key = bank_trace.trace_key
    inner join deposits on bank_trace.bank_transaction_id = deposits.bank_transaction_id
    where advice.item_id is not null
),

same_trace as (
    select
        deposits.fact_id as deposit_id,
        deposits.item_id as deposit_item,
        deposits.shown as deposit_shown,
        advice.fact_id as advice_id,
        advice.item_id as advice_item,
        advice.shown as advice_shown,
        advice.payer_name,
        (deposits.amount - advice.amount)::decimal(18, 2) as off_by,
        deposits.posted_number - advice.payment_number as days_off,
        case when deposits.amount = advice.amount then 'used' else 'amount' end as miss
    from sharing
    inner join deposits on sharing.deposit_id = deposits.fact_id
    inner join advice on sharing.advice_id = advice.fact_id
),

-- Where both are open, what else agrees; where one is, the other is matched already, and must be near in time.
same_amount as (
    select
        deposits.fact_id as deposit_id,
        deposits.item_id as deposit_item,
        deposits.shown as deposit_shown,
        advice.fact_id as advice_id,
        advice.item_id as advice_item,
        advice.shown as advice_shown,
        advice.payer_name,
        cast(0 as decimal(18, 2)) as off_by,
        deposits.posted_number - advice.payment_number as days_off,
        case
            when deposits.item_id is null or advice.item_id is null then 'taken'
            when deposits.company_key in (advice.payer_key_1, advice.payer_key_2, advice.payer_key_3)
                then case when deposits.has_trace then 'trace' else 'window' end
            else 'payer'
        end as miss
    from deposits
    inner join advice on deposits.amount = advice.amount
    left join same_trace on deposits.fact_id = same_trace.deposit_id and advice.fact_id = same_trace.advice_id
    where same_trace.deposit_id is null
        and (deposits.item_id is not null or advice.item_id is not null)
        and (
            (deposits.item_id is not null and advice.item_id is not null)
            or abs(deposits.posted_number - advice.payment_number) <= 10
        )
),

misses as (
    select deposit_id, deposit_item, deposit_shown, advice_id, advice_item, advice_shown, payer_name, off_by, days_off, miss
    from same_trace
    union all
    select deposit_id, deposit_item, deposit_shown, advice_id, advice_item, advice_shown, payer_name, off_by, days_off, miss
    from same_amount
),

placed as (
    select
        miss,
        off_by,
        days_off,
        deposit_item as item_id,
        'remittance' as other_side,
        advice_id as other_fact_id,
        advice_shown as other_reference,
        payer_name as other_payer_name,
        advice_item is not null as is_other_open
    from misses
    where deposit_item is not null
    union all
    select
        miss,
        off_by,
        days_off,
        advice_item as item_id,
        'bank' as other_side,
        deposit_id as other_fact_id,
        deposit_shown as other_reference,
        payer_name as other_payer_name,
        deposit_item is not null as is_other_open
    from misses
    where advice_item is not null
),

ranked as (
    select
        item_id,
        miss,
        off_by,
        days_off,
        other_side,
        other_fact_id,
        other_reference,
        other_payer_name,
        is_other_open,
        count(*) over (partition by item_id, miss) as alike_count,
        row_number() over (
            partition by item_id
            order by
                case miss when 'amount' then 1 when 'used' then 2 when 'window' then 3 when 'trace' then 4 when 'payer' then 5 else 6 end,
                abs(off_by),
                abs(days_off),
                other_fact_id
        ) as nearness
    from placed
)

select
    item_id,
    nearness,
    miss,
    off_by,
    days_off,
    other_side,
    other_fact_id,
    other_reference,
    other_payer_name,
    is_other_open,
    alike_count
from ranked
where nearness <= 3
order by item_id, nearness
