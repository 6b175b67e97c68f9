-- Remittances that may have been paid in several credits, and for each the payer's credits that may be parts of it.
--
-- grain:   one row per remittance and deposit that may be a part
-- key:     remittance_fact_id, fact_id
-- params:  days_before (integer), days_after (integer): bank business days from the payment date to the deposit;
--          most_candidates (integer): a remittance with more is left out
-- example: days_before=1, days_after=5, most_candidates=40
-- units:   US dollars not yet linked
-- note:    gathered_by: credits that a batch posts already, and those that none does, are looked at apart. Not cheques, nor
--          credits to another bank account than the remittance names, by its last four digits
with days_apart as (
    select unnest(generate_series(-$days_before, $days_after)) as days_later
),

offered as (
    select
        advice.remittance_id,
        advice.payer_key_1 as company_key,
        advice.payment_number + days_apart.days_later as posted_number
    from open_remittances as advice
    cross join days_apart
    where advice.payer_key_1 is not null and advice.payment_method is distinct from 'CHK'
),

deposit_days as (
    select company_key, posted_number, count(*) as deposit_count
    from open_deposits
    where company_key is not null
    group by company_key, posted_number
),

-- Remittances of which so few credits may be parts that a search can tell anything.
wanted as (
    select offered.remittance_id
    from offered
    inner join deposit_days
        on offered.company_key = deposit_days.company_key and offered.posted_number = deposit_days.posted_number
    group by offered.remittance_id
    having sum(deposit_days.deposit_count) between 2 and $most_candidates * 4
),

parts as (
    select
        advice.remittance_id,
        advice.fact_id as remittance_fact_id,
        advice.open_amount as remittance_amount,
        advice.known_on as remittance_known_on,
        deposit.bank_transaction_id,
        deposit.fact_id,
        deposit.open_amount,
        deposit.known_on,
        deposit.has_trace,
        deposit.is_posted,
        advice.trace_key
    from wanted
    inner join offered on wanted.remittance_id = offered.remittance_id
    inner join open_deposits as deposit
        on offered.company_key = deposit.company_key and offered.posted_number = deposit.posted_number
    inner join open_remittances as advice
        on wanted.remittance_id = advice.remittance_id and deposit.open_amount <= advice.open_amount
    where coalesce(right(advice.payee_bank_account, 4), right(deposit.bank_account, 4)) = right(deposit.bank_account, 4)
),

fitting as (
    select distinct
        parts.remittance_fact_id,
        parts.remittance_amount,
        parts.remittance_known_on,
        parts.fact_id,
        parts.open_amount,
        parts.known_on,
        case when parts.is_posted then 'posted' else 'unposted' end as gathered_by
    from parts
    left join open_traces as trace
        on parts.bank_transaction_id = trace.bank_transaction_id and parts.trace_key = trace.trace_key
    where not parts.has_trace or trace.bank_transaction_id is not null
),

counted as (
    select
        remittance_fact_id,
        remittance_amount,
        remittance_known_on,
        fact_id,
        open_amount,
        known_on,
        gathered_by,
        count(*) over (partition by remittance_fact_id, gathered_by) as candidates
    from fitting
)

select
    remittance_fact_id,
    gathered_by,
    remittance_amount,
    remittance_known_on,
    fact_id,
    open_amount,
    known_on
from counted
where candidates between 2 and $most_candidates
order by remittance_fact_id, gathered_by, fact_id
