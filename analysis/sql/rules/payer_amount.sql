-- Deposits without a trace and remittances of the payer that the bank names, with the same amount and near in time.
--
-- grain:   one row per deposit and remittance
-- key:     left_fact_id, right_fact_id
-- params:  days_before (integer), days_after (integer): bank business days from the payment date to the deposit;
--          rare_days (integer): the payer may have neither sent nor announced the amount a second time less than so many
--          calendar days from the deposit, matched or not; 0 does not ask;
--          route_must_agree (boolean): not where the remittance names another account than the one paid into, or a cheque
--          where the bank tells of an electronic payment;
--          usual_before (integer), usual_after (integer): beyond these days the date differs
-- example: days_before=1, days_after=3, rare_days=30, route_must_agree=true, usual_before=1, usual_after=3
-- units:   US dollars not yet linked
-- note:    accounts are compared by their last four digits, for some files show no more
with met as (
    select deposit.bank_transaction_id, deposit.company_key, offer.remittance_id
    from open_deposits as deposit
    inner join open_offers as offer
        on deposit.company_key = offer.company_key and deposit.open_amount = offer.open_amount
    where not deposit.has_trace
        and deposit.posted_number - offer.payment_number between -$days_before and $days_after
),

pairs as (
    select
        deposit.bank_transaction_id,
        deposit.fact_id as left_fact_id,
        deposit.open_amount as left_amount,
        met.company_key,
        deposit.posted_date,
        advice.remittance_id,
        advice.fact_id as right_fact_id,
        advice.open_amount as right_amount,
        advice.payer_name,
        greatest(deposit.known_on, advice.known_on) as known_on,
        deposit.posted_number - advice.payment_number as days_later,
        coalesce(right(deposit.bank_account, 4) <> right(advice.payee_bank_account, 4), false) as is_other_account,
        advice.payment_method = 'CHK'
        and deposit.line_kind not in ('lockbox', 'cheque_deposit', 'cash_deposit', 'other_credit') as is_other_method
    from met
    inner join open_deposits as deposit on met.bank_transaction_id = deposit.bank_transaction_id
    inner join open_remittances as advice on met.remittance_id = advice.remittance_id
),

sent_again as (
    select distinct pairs.bank_transaction_id
    from pairs
    inner join deposit_keys as other
        on pairs.left_amount = other.amount and pairs.company_key = other.company_key
    where pairs.bank_transaction_id <> other.bank_transaction_id
        and abs(date_diff('day', pairs.posted_date, other.posted_date)) <= $rare_days - 1
),

announced_again as (
    select distinct pairs.bank_transaction_id
    from pairs
    inner join offer_keys as other
        on pairs.right_amount = other.amount and pairs.company_key = other.company_key
    where pairs.remittance_id <> other.remittance_id
        and abs(date_diff('day', pairs.posted_date, other.payment_date)) <= $rare_days - 1
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
    nullif(
        concat_ws(
            '; ',
            case when pairs.days_later between -$usual_before and $usual_after then null else 'date' end,
            case when pairs.is_other_account then 'bank account' end,
            case when pairs.is_other_method then 'payment method' end
        ),
        ''
    ) as differs
from pairs
left join sent_again on pairs.bank_transaction_id = sent_again.bank_transaction_id
left join announced_again on pairs.bank_transaction_id = announced_again.bank_transaction_id
where sent_again.bank_transaction_id is null
    and announced_again.bank_transaction_id is null
    and not ($route_must_agree and (pairs.is_other_account or pairs.is_other_method))
