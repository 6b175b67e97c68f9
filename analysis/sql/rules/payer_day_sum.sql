-- Deposits that are the sum of all open remittances of one payer and payment date.
--
-- grain:   one row per side of a set
-- key:     set_number, side, fact_id
-- params:  days_before (integer), days_after (integer): bank business days from the payment date to the deposit for
--          electronic money; cheque_days_after (integer): the same for cheques, which travel by mail
-- example: days_before=1, days_after=3, cheque_days_after=10
-- units:   US dollars
-- note:    sole where the bank names the payer, the remittances are not cheques, not all in whole dollars and for that bank
--          account, and nothing else fits: no other day, and neither one nor two other remittances of the payer. A deposit of
--          cheques that names nobody has so many payers and days to choose from that the sum alone is not certain, also
--          where the count of cheques agrees
with days as (
    select
        payer_key_1 as company_key,
        payment_number,
        case when payment_method = 'CHK' then 1 else 0 end as is_cheque,
        count(*) as advice_count,
        sum(open_amount)::decimal(18, 2) as day_amount,
        max(open_amount % 1) = 0 as is_round,
        min(right(payee_bank_account, 4)) as first_account,
        max(right(payee_bank_account, 4)) as last_account,
        max(payer_name) as payer_name
    from open_remittances
    where payer_key_1 is not null
    group by payer_key_1, payment_number, case when payment_method = 'CHK' then 1 else 0 end
    having count(*) > 1
),

met as (
    select
        deposit.fact_id,
        deposit.open_amount,
        deposit.known_on,
        deposit.posted_number,
        deposit.company_key is not null as is_named,
        case
            when deposit.company_key is null then '; the bank names no payer'
            when days.is_cheque = 1 then '; it was to come by cheque'
            when days.is_round then '; all in whole dollars'
            when days.first_account <> right(deposit.bank_account, 4) or days.last_account <> right(deposit.bank_account, 4)
                then '; it was to come to another bank account'
        end as doubt,
        days.company_key,
        days.payment_number,
        days.is_cheque,
        days.advice_count,
        days.payer_name
    from open_deposits as deposit
    inner join days on deposit.open_amount = days.day_amount
    where not deposit.has_trace
        and coalesce(deposit.item_count, days.advice_count) = days.advice_count
        and coalesce(deposit.company_key, days.company_key) = days.company_key
        and (deposit.company_key is not null or (days.is_cheque = 1 and deposit.line_kind in (
            'lockbox', 'cheque_deposit', 'cash_deposit', 'other_credit'
        )))
        and deposit.posted_number - days.payment_number between -$days_before
        and case when days.is_cheque = 1 then $cheque_days_after else $days_after end
),

others as (
    select
        met.fact_id,
        met.payment_number as day_number,
        advice.remittance_id,
        advice.payment_number,
        advice.open_amount,
        met.open_amount as wanted_amount
    from met
    inner join open_remittances as advice
        on met.company_key = advice.payer_key_1
        and met.open_amount >= advice.open_amount
        and met.posted_number - advice.payment_number between -$days_before and $days_after
),

-- Deposits that one or two remittances of the payer add up to as well, but for two that are the whole day.
fitted_else as (
    select fact_id
    from others
    where open_amount = wanted_amount
    union
    select one.fact_id
    from others as one
    inner join others as two
        on one.fact_id = two.fact_id
        and one.day_number = two.day_number
        and one.remittance_id < two.remittance_id
        and one.open_amount + two.open_amount = one.wanted_amount
    where one.payment_number <> one.day_number or two.payment_number <> one.day_number
),

pairs as (
    select
        fact_id,
        open_amount,
        known_on,
        is_named,
        doubt,
        company_key,
        payment_number,
        is_cheque,
        advice_count,
        payer_name,
        fact_id in (select fitted_else.fact_id from fitted_else) as is_fitted_else,
        count(*) over (partition by fact_id) as days_found,
        count(*) over (partition by company_key, payment_number, is_cheque) as deposits_found,
        row_number() over (order by fact_id, company_key, payment_number, is_cheque) as set_number
    from met
),

worded as (
    select
        set_number,
        doubt is null
        and days_found = 1
        and deposits_found = 1
        and not is_fitted_else as is_sole,
        fact_id,
        open_amount,
        known_on,
        company_key,
        payment_number,
        is_cheque,
        'the sum of all ' || cast(advice_count as varchar) || ' open remittances of ' || coalesce(payer_name, company_key)
        || ' with one payment date'
        || case
            when days_found > 1 or deposits_found > 1 then '; it fits more than one: ambiguous'
            when is_fitted_else then '; others of the payer add up to it too: ambiguous'
            else coalesce(doubt, '')
        end as explanation,
        case when is_named then 'payer; sum' else 'sum' end as agrees
    from pairs
)

select
    set_number,
    is_sole,
    'bank' as side,
    fact_id,
    open_amount as amount,
    known_on,
    explanation,
    agrees,
    'trace' as differs
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
    worded.agrees,
    'trace' as differs
from worded
inner join open_remittances as advice
    on worded.company_key = advice.payer_key_1
    and worded.payment_number = advice.payment_number
    and worded.is_cheque = case when advice.payment_method = 'CHK' then 1 else 0 end
