-- Deposits that may be the sum of several remittances, and for each the remittances that may be in it.
--
-- grain:   one row per deposit, way of gathering and remittance that may be in it
-- key:     deposit_fact_id, gathered_by, fact_id
-- params:  days_before (integer), days_after (integer): bank business days from the payment date to the deposit for
--          electronic money; cheque_days_after (integer): the same for cheques, which travel by mail;
--          most_candidates (integer): a deposit with more is left out
-- example: days_before=1, days_after=3, cheque_days_after=10, most_candidates=60
-- units:   US dollars not yet linked
-- note:    one remittance of the whole amount is a candidate too: it may be the deposit all by itself.
--          gathered_by: cheques (a deposit of cheques, any payer), payer (the sender's own remittances but for
--          cheques), or the sender of the interchange (a clearinghouse that pays for several payers). Not those that name another
--          bank account than the deposit's, by their last four digits
with lumps as (
    select
        fact_id,
        open_amount,
        known_on,
        posted_number,
        bank_account,
        company_key,
        item_count,
        line_kind in ('lockbox', 'cheque_deposit', 'cash_deposit', 'other_credit') and company_key is null as is_of_cheques
    from open_deposits
    where not has_trace and coalesce(item_count, 2) > 1
),

cheque_days as (
    select payment_number, count(*) as advice_count
    from open_remittances
    where payment_method = 'CHK'
    group by payment_number
),

payer_days as (
    select payer_key_1 as company_key, payment_number, count(*) as advice_count
    from open_remittances
    where payment_method is distinct from 'CHK'
    group by payer_key_1, payment_number
),

sender_days as (
    select interchange_sender_id, payment_number, count(*) as advice_count
    from open_remittances
    where payment_method <> 'CHK' and interchange_sender_id is not null
    group by interchange_sender_id, payment_number
),

known_payers as (
    select distinct company_key
    from offer_keys
),

days_apart as (
    select
        unnest(generate_series(-$days_before, greatest($days_after, $cheque_days_after))) as days_later
),

-- The payment days whose remittances may be in each deposit.
reached as (
    select
        lumps.fact_id,
        lumps.open_amount,
        right(lumps.bank_account, 4) as bank_account,
        lumps.company_key,
        lumps.is_of_cheques,
        lumps.company_key is not null and known_payers.company_key is null as is_of_unknown,
        days_apart.days_later,
        lumps.posted_number - days_apart.days_later as payment_number
    from lumps
    cross join days_apart
    left join known_payers on lumps.company_key = known_payers.company_key
),

-- How deposits may be gathered, where so few may be in them that a search can tell anything.
ways as (
    select reached.fact_id, 'cheques' as gathered_by
    from reached
    inner join cheque_days on reached.payment_number = cheque_days.payment_number
    where reached.is_of_cheques and reached.days_later <= $cheque_days_after
    group by reached.fact_id
    having sum(cheque_days.advice_count) <= $most_candidates * 4
    union all
    select reached.fact_id, 'payer' as gathered_by
    from reached
    inner join payer_days
        on reached.company_key = payer_days.company_key and reached.payment_number = payer_days.payment_number
    where reached.days_later <= $days_after
    group by reached.fact_id
    having sum(payer_days.advice_count) between 2 and $most_candidates * 4
    union all
    select reached.fact_id, sender_days.interchange_sender_id as gathered_by
    from reached
    inner join sender_days on reached.payment_number = sender_days.payment_number
    where reached.is_of_unknown and reached.days_later <= $days_after
    group by reached.fact_id, sender_days.interchange_sender_id
    having sum(sender_days.advice_count) between 2 and $most_candidates * 4
),

-- The ways with the days that each reaches, first: these are few, and remittances are many.
reached_ways as materialized (
    select
        ways.fact_id,
        ways.gathered_by,
        reached.payment_number,
        reached.open_amount,
        reached.bank_account,
        reached.company_key
    from ways
    inner join reached on ways.fact_id = reached.fact_id
    where reached.days_later <= case when ways.gathered_by = 'cheques' then $cheque_days_after else $days_after end
),

gathered as (
    select reached.fact_id as deposit_fact_id, reached.gathered_by, advice.fact_id
    from reached_ways as reached
    inner join open_remittances as advice on reached.payment_number = advice.payment_number
    where reached.gathered_by = 'cheques'
        and advice.payment_method = 'CHK'
        and advice.open_amount <= reached.open_amount
        and coalesce(right(advice.payee_bank_account, 4), reached.bank_account) = reached.bank_account
    union all
    select reached.fact_id as deposit_fact_id, reached.gathered_by, advice.fact_id
    from reached_ways as reached
    inner join open_remittances as advice
        on reached.payment_number = advice.payment_number and reached.company_key = advice.payer_key_1
    where reached.gathered_by = 'payer'
        and advice.payment_method is distinct from 'CHK'
        and advice.open_amount <= reached.open_amount
        and coalesce(right(advice.payee_bank_account, 4), reached.bank_account) = reached.bank_account
    union all
    select reached.fact_id as deposit_fact_id, reached.gathered_by, advice.fact_id
    from reached_ways as reached
    inner join open_remittances as advice
        on reached.payment_number = advice.payment_number and reached.gathered_by = advice.interchange_sender_id
    where advice.payment_method <> 'CHK'
        and advice.open_amount <= reached.open_amount
        and coalesce(right(advice.payee_bank_account, 4), reached.bank_account) = reached.bank_account
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
