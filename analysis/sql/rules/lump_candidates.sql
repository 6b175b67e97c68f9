-- Deposits that may be the sum of several remittances, and for each the remittances that may be in it.
--
-- grain:   one row per deposit, way of gathering and remittance that may be in it
-- key:     deposit_fact_id, gathered_by, fact_id
-- params:  days_before (integer), days_after (integer): bank business days from the payment date to the deposit for
--          electronic money; cheque_days_after (integer): the same for cheques, which travel by mail;
--          most_candidates (integer): a deposit with more is left out
-- example: days_before=1, days_after=3, cheque_days_after=10, most_candidates=60
-- units:   US dollars not yet linked
-- note:    gathered_by: cheques (a deposit of cheques, any payer), payer (the sender's own remittances), or the sender of the
--          interchange (a clearinghouse that pays for several payers)
with lumps as (
    select
        fact_id,
        open_amount,
        known_on,
        posted_number,
        company_key,
        item_count,
        line_kind in ('lockbox', 'cheque_deposit', 'cash_deposit', 'other_credit') and company_key is null as is_of_cheques
    from open_deposits
    where not has_trace and not is_posted and coalesce(item_count, 2) > 1
),

cheque_days as (
    select payment_number, count(*) as cheque_count
    from open_remittances
    where payment_method = 'CHK'
    group by payment_number
),

countable as (
    select lumps.fact_id
    from lumps
    inner join cheque_days
        on lumps.posted_number - cheque_days.payment_number between -$days_before and $cheque_days_after
    where lumps.is_of_cheques
    group by lumps.fact_id
    having sum(cheque_days.cheque_count) <= $most_candidates * 4
),

known_payers as (
    select payer_key_1 as company_key from open_remittances where payer_key_1 is not null
    union
    select payer_key_2 as company_key from open_remittances where payer_key_2 is not null
    union
    select payer_key_3 as company_key from open_remittances where payer_key_3 is not null
),

gathered as (
    select
        lumps.fact_id as deposit_fact_id,
        'cheques' as gathered_by,
        advice.fact_id
    from lumps
    inner join countable on lumps.fact_id = countable.fact_id
    inner join open_remittances as advice
        on advice.payment_method = 'CHK'
        and lumps.posted_number - advice.payment_number between -$days_before and $cheque_days_after
        and advice.open_amount < lumps.open_amount
    union all
    select
        lumps.fact_id as deposit_fact_id,
        'payer' as gathered_by,
        advice.fact_id
    from lumps
    inner join open_remittances as advice
        on lumps.company_key = advice.payer_key_1
        and lumps.posted_number - advice.payment_number between -$days_before and $days_after
        and advice.open_amount < lumps.open_amount
    union all
    select
        lumps.fact_id as deposit_fact_id,
        advice.interchange_sender_id as gathered_by,
        advice.fact_id
    from lumps
    left join known_payers on lumps.company_key = known_payers.company_key
    inner join open_remittances as advice
        on advice.payment_method <> 'CHK'
        and lumps.posted_number - advice.payment_number between -$days_before and $days_after
        and advice.open_amount < lumps.open_amount
    where lumps.company_key is not null
        and known_payers.company_key is null
        and advice.interchange_sender_id is not null
),

counted as (
    select
        deposit_fact_id,
        gathered_by,
        fact_id,
        count(*) over (partition by deposit_fact_id, gathered_by) as candidates
    from gathered
)

select
    counted.deposit_fact_id,
    counted.gathered_by,
    lumps.open_amount as deposit_amount,
    lumps.known_on as deposit_known_on,
    lumps.item_count,
    counted.fact_id,
    advice.open_amount,
    advice.known_on
from counted
inner join lumps on counted.deposit_fact_id = lumps.fact_id
inner join open_remittances as advice on counted.fact_id = advice.fact_id
where counted.candidates between 2 and $most_candidates
order by counted.deposit_fact_id, counted.gathered_by, counted.fact_id
