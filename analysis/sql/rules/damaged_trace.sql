-- Deposits and remittances of one payer with the same amount, where the bank's text holds the trace damaged.
--
-- grain:   one row per deposit and remittance
-- key:     left_fact_id, right_fact_id
-- params:  days_before (integer), days_after (integer): bank business days from the payment date to the deposit;
--          shortest (integer): how many characters of the trace must be left at its start or end
-- example: days_before=10, days_after=10, shortest=6
-- units:   US dollars not yet linked
-- note:    damaged is cut at its start or end, or one character off; of a trace cut to eight characters the keys have lost
--          the zeros in front
with payers as (
    select remittance_id, payer_key_1 as company_key from open_remittances where payer_key_1 is not null
    union
    select remittance_id, payer_key_2 as company_key from open_remittances where payer_key_2 is not null
    union
    select remittance_id, payer_key_3 as company_key from open_remittances where payer_key_3 is not null
),

near as (
    select
        deposit.bank_transaction_id,
        advice.remittance_id,
        advice.trace_key as full_key,
        trace.trace_key as shown_key
    from open_deposits as deposit
    inner join payers on deposit.company_key = payers.company_key
    inner join open_remittances as advice
        on payers.remittance_id = advice.remittance_id and deposit.open_amount = advice.open_amount
    inner join open_traces as trace on deposit.bank_transaction_id = trace.bank_transaction_id
    where deposit.posted_number - advice.payment_number between -$days_before and $days_after
        and trace.trace_key <> advice.trace_key
        and trace.found_in in ('trn_segment', 'trn_segment_unspaced', 'text_token', 'customer_reference')
),

compared as (
    select
        bank_transaction_id,
        remittance_id,
        min(
            case
                when length(shown_key) >= $shortest and left(full_key, length(shown_key)) = shown_key then 1
                when length(shown_key) >= $shortest and right(full_key, length(shown_key)) = shown_key then 2
                when length(full_key) > 8 and length(shown_key) > 3 and ltrim(right(full_key, 8), '0') = shown_key then 2
                when length(full_key) >= $shortest
                    and (left(shown_key, length(full_key)) = full_key or right(shown_key, length(full_key)) = full_key)
                    then 3
                when length(full_key) >= $shortest
                    and abs(length(full_key) - length(shown_key)) <= 1
                    and levenshtein(full_key, shown_key) = 1 then 4
            end
        ) as damage
    from near
    group by bank_transaction_id, remittance_id
)

select
    deposit.fact_id as left_fact_id,
    deposit.open_amount as left_amount,
    advice.fact_id as right_fact_id,
    advice.open_amount as right_amount,
    greatest(deposit.known_on, advice.known_on) as known_on,
    'payer and amount agree, and the bank''s text holds trace ' || advice.trace_number
    || case compared.damage
        when 1 then ' cut at its end'
        when 2 then ' cut at its start'
        when 3 then ' with more around it'
        else ' with one character wrong'
    end as explanation,
    'payer; amount' as agrees,
    'trace' as differs
from compared
inner join open_deposits as deposit on compared.bank_transaction_id = deposit.bank_transaction_id
inner join open_remittances as advice on compared.remittance_id = advice.remittance_id
where compared.damage is not null
