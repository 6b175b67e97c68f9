-- The deposits of the last days: what matched each, a rule or a person, and how soon a batch posted it.
--
-- grain:   one row per deposit
-- key:     bank_transaction_id
-- params:  as_of (date): what became known later does not exist yet; since (date): only deposits from that day on
-- example: as_of=2026-11-13, since=2026-10-31
-- units:   US dollars of the deposit; posting_days counts business days, below zero where it was posted before it came
with pairs as materialized (
    select match_id, side, fact_id, other_side, other_fact_id, rule, known_on
    from linked_pairs
    where known_on <= $as_of
),

matched as (
    select
        pairs.fact_id,
        min(pairs.rule) as rule,
        max(case when standing.is_by_person then 1 else 0 end) as is_by_person,
        min(pairs.known_on) as matched_on
    from pairs
    inner join match_standing as standing on pairs.match_id = standing.match_id
    where pairs.side = 'bank'
    group by pairs.fact_id
),

tied as (
    select fact_id as bank_fact_id, other_fact_id as batch_id
    from pairs
    where side = 'bank' and other_side = 'batch'
    union
    select bank.fact_id as bank_fact_id, batch.other_fact_id as batch_id
    from pairs as bank
    inner join pairs as batch
        on bank.other_fact_id = batch.fact_id and batch.side = 'remittance' and batch.other_side = 'batch'
    where bank.side = 'bank' and bank.other_side = 'remittance'
),

posted as (
    select tied.bank_fact_id, min(batch.known_on) as posted_on
    from tied
    inner join posting_batches as batch on tied.batch_id = batch.batch_id
    where batch.known_on <= $as_of
    group by tied.bank_fact_id
)

select
    line.bank_transaction_id,
    line.posted_date as deposit_date,
    line.amount,
    line.line_kind,
    line.company_name as payer_name,
    coalesce(line.bank_reference, line.customer_reference) as reference,
    line.bank_account,
    case
        when matched.fact_id is null then 'not_matched'
        when matched.is_by_person = 1 then 'by_hand'
        else 'by_rule'
    end as matched_by,
    matched.rule,
    matched.matched_on,
    posted.posted_on,
    posting_day.business_number - deposit_day.business_number as posting_days
from bank_transactions as line
inner join bank_day as deposit_day on line.posted_date = deposit_day.calendar_day
left join matched on cast(line.bank_transaction_id as varchar) = matched.fact_id
left join posted on cast(line.bank_transaction_id as varchar) = posted.bank_fact_id
left join bank_day as posting_day on posted.posted_on = posting_day.calendar_day
where line.not_counted is null
    and line.amount > 0
    and line.line_kind not in ('interest', 'sweep', 'adjustment')
    and line.known_on <= $as_of
    and line.posted_date between $since and $as_of
order by line.posted_date desc, line.bank_transaction_id
