-- Deposits without a trace and remittances of the payer that the bank names, with the same amount and near in time.
--
-- grain:   one row per deposit and remittance
-- key:     left_fact_id, right_fact_id
-- params:  days_before (integer), days_after (integer): bank business days from the payment date to the deposit;
--          rare_days (integer): calendar days around the deposit in which this payer may have neither sent nor announced
--          the amount a second time, matched or not; 0 does not ask
-- example: days_before=1, days_after=3, rare_days=30
-- units:   US dollars not yet linked
with payers as (
    select remittance_id, payer_key_1 as company_key from open_remittances where payer_key_1 is not null
    union
    select remittance_id, payer_key_2 as company_key from open_remittances where payer_key_2 is not null
    union
    select remittance_id, payer_key_3 as company_key from open_remittances where payer_key_3 is not null
),

pairs as (
    select
        deposit.bank_transaction_id,
        deposit.fact_id as left_fact_id,
        deposit.open_amount as left_amount,
        deposit.company_key,
        deposit.posted_date,
        advice.remittance_id,
        advice.fact_id as right_fact_id,
        advice.open_amount as right_amount,
        advice.payer_name,
        advice.payment_date,
        greatest(deposit.known_on, advice.known_on) as known_on,
        deposit.posted_number - advice.payment_number as days_later
    from open_deposits as deposit
    inner join payers on deposit.company_key = payers.company_key
    inner join open_remittances as advice
        on payers.remittance_id = advice.remittance_id and deposit.open_amount = advice.open_amount
    where not deposit.has_trace
        and deposit.posted_number - advice.payment_number between -$days_before and $days_after
),

sent_again as (
    select distinct pairs.bank_transaction_id
    from pairs
    inner join bank_transactions as other
        on pairs.left_amount = other.amount
        and pairs.bank_transaction_id <> other.bank_transaction_id
    where $rare_days > 0
        and other.not_counted is null
        and abs(date_diff('day', pairs.posted_date, other.posted_date)) <= $rare_days
        and pairs.company_key in (other.company_id, substring(other.company_id, 2))
),

announced_again as (
    select distinct pairs.bank_transaction_id
    from pairs
    inner join remittances as other
        on pairs.right_amount = other.payment_amount
        and pairs.remittance_id <> other.remittance_id
    where $rare_days > 0
        and other.duplicate_of is null
        and not other.is_without_deposit
        and abs(date_diff('day', pairs.posted_date, coalesce(other.payment_date, other.known_on))) <= $rare_days
        and pairs.company_key in (
            other.trace_payer_id, substring(other.trace_payer_id, 2),
            other.originating_company_id, substring(other.originating_company_id, 2),
            other.payer_id, substring(other.payer_id, 2)
        )
)

select
    pairs.left_fact_id,
    pairs.left_amount,
    pairs.right_fact_id,
    pairs.right_amount,
    pairs.known_on,
    'payer ' || coalesce(pairs.payer_name, pairs.company_key) || ' and amount agree; the bank''s text holds no trace; deposited '
    || case
        when pairs.days_later = 0 then 'on the payment date'
        when pairs.days_later = 1 then '1 business day after the payment date'
        when pairs.days_later > 1 then cast(pairs.days_later as varchar) || ' business days after the payment date'
        when pairs.days_later = -1 then '1 business day before the payment date'
        else cast(-pairs.days_later as varchar) || ' business days before the payment date'
    end as explanation,
    'payer; amount' as agrees,
    case when pairs.days_later between -1 and 3 then null else 'date' end as differs
from pairs
left join sent_again on pairs.bank_transaction_id = sent_again.bank_transaction_id
left join announced_again on pairs.bank_transaction_id = announced_again.bank_transaction_id
where sent_again.bank_transaction_id is null and announced_again.bank_transaction_id is null
