-- Deposits and remittances of one payer with the same amount, where the bank's text holds the trace damaged.
--
-- grain:   one row per deposit and remittance
-- key:     left_fact_id, right_fact_id
-- params:  days_before (integer), days_after (integer): bank business days from the payment date to the deposit;
--          shortest (integer): how many characters of the trace must be left at its start or end;
--          rare_days (integer): the payer may have neither sent nor announced the amount a second time less than so many
--          calendar days from the deposit, and a trace that differs in its last character only, or has one or two digits more,
--          is another one; 0 does not ask, and takes two characters swapped too
-- example: days_before=10, days_after=10, shortest=6, rare_days=30
-- units:   US dollars not yet linked
-- note:    damaged is cut at its start or end, or one character off; of a trace cut to eight characters the keys have lost
--          the zeros in front. What another payment bears as its trace is no damage, nor is a word beside a TRN segment
with pairs as (
    select deposit.bank_transaction_id, deposit.company_key, deposit.has_trace, deposit.open_amount, deposit.posted_date, offer.remittance_id
    from open_deposits as deposit
    inner join open_offers as offer
        on deposit.company_key = offer.company_key and deposit.open_amount = offer.open_amount
    where deposit.posted_number - offer.payment_number between -$days_before and $days_after
),

near as (
    select
        pairs.bank_transaction_id,
        pairs.remittance_id,
        pairs.company_key,
        pairs.open_amount,
        pairs.posted_date,
        advice.trace_key as full_key,
        trace.trace_key as shown_key
    from pairs
    inner join open_remittances as advice on pairs.remittance_id = advice.remittance_id
    inner join open_traces as trace on pairs.bank_transaction_id = trace.bank_transaction_id
    where trace.trace_key <> advice.trace_key
        and (
            trace.found_in in ('trn_segment', 'trn_segment_unspaced')
            or (not pairs.has_trace and trace.found_in in ('text_token', 'customer_reference'))
        )
),

judged as (
    select
        bank_transaction_id,
        remittance_id,
        company_key,
        open_amount,
        posted_date,
        shown_key,
        case
            when length(shown_key) >= $shortest and left(full_key, length(shown_key)) = shown_key then 1
            when length(shown_key) >= $shortest and right(full_key, length(shown_key)) = shown_key then 2
            when length(full_key) > 8 and length(shown_key) > 3 and ltrim(right(full_key, 8), '0') = shown_key then 2
            when length(full_key) >= $shortest
                and (left(shown_key, length(full_key)) = full_key or right(shown_key, length(full_key)) = full_key)
                and (
                    $rare_days = 0
                    or length(shown_key) - length(full_key) > 2
                    or regexp_replace(replace(shown_key, full_key, ''), '[0-9]', '', 'g') <> ''
                )
                then 3
            when length(full_key) >= $shortest
                and abs(length(full_key) - length(shown_key)) <= 1
                and levenshtein(full_key, shown_key) = 1
                and ($rare_days = 0 or left(full_key, length(full_key) - 1) <> left(shown_key, length(full_key) - 1))
                then 4
            when $rare_days = 0
                and length(full_key) >= $shortest
                and length(full_key) = length(shown_key)
                and damerau_levenshtein(full_key, shown_key) = 1
                then 5
        end as damage
    from near
),

-- Traces that stand whole in the text because another payment of the payer bears them.
borne_by_another as (
    select distinct judged.bank_transaction_id, judged.shown_key
    from judged
    inner join remittance_keys as other on judged.shown_key = other.trace_key
    where judged.damage is not null
),

sent_again as (
    select distinct judged.bank_transaction_id
    from judged
    inner join deposit_keys as other on judged.open_amount = other.amount and judged.company_key = other.company_key
    where judged.damage is not null
        and judged.bank_transaction_id <> other.bank_transaction_id
        and abs(date_diff('day', judged.posted_date, other.posted_date)) <= $rare_days - 1
),

announced_again as (
    select distinct judged.bank_transaction_id
    from judged
    inner join offer_keys as other on judged.open_amount = other.amount and judged.company_key = other.company_key
    where judged.damage is not null
        and judged.remittance_id <> other.remittance_id
        and abs(date_diff('day', judged.posted_date, other.payment_date)) <= $rare_days - 1
),

compared as (
    select
        judged.bank_transaction_id,
        judged.remittance_id,
        min(judged.damage) as damage
    from judged
    left join borne_by_another
        on judged.bank_transaction_id = borne_by_another.bank_transaction_id and judged.shown_key = borne_by_another.shown_key
    left join sent_again on judged.bank_transaction_id = sent_again.bank_transaction_id
    left join announced_again on judged.bank_transaction_id = announced_again.bank_transaction_id
    where judged.damage is not null
        and borne_by_another.bank_transaction_id is null
        and sent_again.bank_transaction_id is null
        and announced_again.bank_transaction_id is null
    group by judged.bank_transaction_id, judged.remittance_id
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
        when 5 then ' with two characters swapped'
        else ' with one character wrong'
    end as explanation,
    'payer; amount' as agrees,
    'trace' as differs
from compared
inner join open_deposits as deposit on compared.bank_transaction_id = deposit.bank_transaction_id
inner join open_remittances as advice on compared.remittance_id = advice.remittance_id
