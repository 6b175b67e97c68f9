-- Deposits that are the sum of all open remittances of one payer and payment date.
--
-- grain:   one row per side of a set
-- key:     set_number, side, fact_id
-- params:  days_before (integer), days_after (integer): bank business days from the payment date to the deposit for
--          electronic money; cheque_days_after (integer): the same for cheques, which travel by mail
-- example: days_before=1, days_after=3, cheque_days_after=10
-- units:   US dollars
-- note:    sole where the bank names the payer and nothing else fits; a deposit of cheques that names nobody has so many
--          payers and days to choose from that the sum alone is not certain, also where the count of cheques agrees
with days as (
    select
        payer_key_1 as company_key,
        payment_number,
        case when payment_method = 'CHK' then 1 else 0 end as is_cheque,
        count(*) as advice_count,
        sum(open_amount)::decimal(18, 2) as day_amount,
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
        deposit.company_key is not null as is_named,
        days.company_key,
        days.payment_number,
        days.is_cheque,
        days.advice_count,
        days.payer_name
    from open_deposits as deposit
    inner join days on deposit.open_amount = days.day_amount
    where not deposit.has_trace
        and not deposit.is_posted
        and coalesce(deposit.item_count, days.advice_count) = days.advice_count
        and coalesce(deposit.company_key, days.company_key) = days.company_key
        and (deposit.company_key is not null or (days.is_cheque = 1 and deposit.line_kind in (
            'lockbox', 'cheque_deposit', 'cash_deposit', 'other_credit'
        )))
        and deposit.posted_number - days.payment_number between -$days_before
        and case when days.is_cheque = 1 then $cheque_days_after else $days_after end
),

pairs as (
    select
        fact_id,
        open_amount,
        known_on,
        is_named,
        company_key,
        payment_number,
        is_cheque,
        advice_count,
        payer_name,
        count(*) over (partition by fact_id) as days_found,
        count(*) over (partition by company_key, payment_number, is_cheque) as deposits_found,
        row_number() over (order by fact_id, company_key, payment_number, is_cheque) as set_number
    from met
),

worded as (
    select
        set_number,
        is_named and days_found = 1 and deposits_found = 1 as is_sole,
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
            when is_named then ''
            else '; the bank names no payer'
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
