-- Deposits that posting batches account for in part or not at all.
--
-- grain:   one row per bank line
-- key:     bank_transaction_id
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars
-- note:    a deposit is posted by the batches matched to it, and by those that name its remittances; where some of a deposit's
--          remittances are posted, that much of it is; offered_batches: those that open proposals would tie to its remittances
with pairs as (
    select match_id, side, fact_id, amount, other_side, other_fact_id, other_amount
    from tied_pairs
    where known_on <= $as_of
),

posted_advice as (
    select distinct fact_id
    from pairs
    where side = 'remittance' and other_side = 'batch'
),

direct as (
    select distinct fact_id
    from pairs
    where side = 'bank' and other_side = 'batch'
),

-- What one match links of a deposit, to how much in remittances, and how many of these are posted.
by_match as (
    select
        pairs.match_id,
        pairs.fact_id,
        max(pairs.amount) as linked_amount,
        count(*) as advice_count,
        count(posted_advice.fact_id) as posted_count,
        sum(case when posted_advice.fact_id is null then 0 else pairs.other_amount end)::decimal(18, 2) as posted_amount
    from pairs
    left join posted_advice on pairs.other_fact_id = posted_advice.fact_id
    where pairs.side = 'bank' and pairs.other_side = 'remittance'
    group by pairs.match_id, pairs.fact_id
),

covered as (
    select
        fact_id,
        sum(linked_amount)::decimal(18, 2) as linked_amount,
        sum(
            case when posted_count = advice_count then linked_amount else least(linked_amount, posted_amount) end
        )::decimal(18, 2) as posted_amount
    from by_match
    group by fact_id
),

remitted as (
    select
        pairs.fact_id,
        sum(remittance.payment_amount)::decimal(18, 2) as remitted_total,
        min(remittance.payer_name) as payer_name
    from pairs
    inner join remittances as remittance on pairs.other_fact_id = cast(remittance.remittance_id as varchar)
    where pairs.side = 'bank' and pairs.other_side = 'remittance'
    group by pairs.fact_id
),

offered as (
    select distinct own.fact_id
    from match_standing as standing
    inner join match_side as own on standing.match_id = own.match_id and own.side = 'bank'
    inner join match_side as other on standing.match_id = other.match_id and other.side = 'remittance'
    where standing.status = 'proposed'
),

-- Remittances not posted that open proposals would tie to batches.
wanted as (
    select
        advice.fact_id,
        string_agg(distinct posting.fact_id, ', ' order by posting.fact_id) as batches
    from match_links as advice
    inner join match_links as posting on advice.match_id = posting.match_id and posting.side = 'batch'
    where advice.side = 'remittance' and advice.status = 'proposed' and advice.known_on <= $as_of
    group by advice.fact_id
),

offered_posting as (
    select
        pairs.fact_id,
        sum(pairs.other_amount)::decimal(18, 2) as offered_amount,
        string_agg(wanted.batches, ', ' order by wanted.batches) as offered_batches
    from pairs
    inner join wanted on pairs.other_fact_id = wanted.fact_id
    left join posted_advice on pairs.other_fact_id = posted_advice.fact_id
    where pairs.side = 'bank' and pairs.other_side = 'remittance' and posted_advice.fact_id is null
    group by pairs.fact_id
),

traced as (
    select distinct trace.bank_transaction_id
    from bank_trace as trace
    inner join remittances as remittance on trace.trace_key = remittance.trace_key
    where length(trace.trace_key) >= 6
)

select
    line.bank_transaction_id,
    line.bank_reference,
    line.bank_account,
    line.posted_date as deposit_date,
    coalesce(remitted.payer_name, line.company_name) as payer_name,
    coalesce(remitted.remitted_total, 0)::decimal(18, 2) as remitted_total,
    line.amount as deposited_total,
    coalesce(covered.posted_amount, 0)::decimal(18, 2) as posted_total,
    coalesce(covered.linked_amount, 0)::decimal(18, 2) as linked_total,
    offered.fact_id is not null or coalesce(traced.bank_transaction_id, told.bank_transaction_id) is not null
        as has_likely_remittance,
    coalesce(offered_posting.offered_amount, 0)::decimal(18, 2) as offered_amount,
    offered_posting.offered_batches,
    line.line_kind
from bank_transactions as line
left join direct on cast(line.bank_transaction_id as varchar) = direct.fact_id
left join covered on cast(line.bank_transaction_id as varchar) = covered.fact_id
left join remitted on cast(line.bank_transaction_id as varchar) = remitted.fact_id
left join offered on cast(line.bank_transaction_id as varchar) = offered.fact_id
left join offered_posting on cast(line.bank_transaction_id as varchar) = offered_posting.fact_id
left join traced on line.bank_transaction_id = traced.bank_transaction_id
left join traced as told on line.told_by_entry_id = told.bank_transaction_id
where line.not_counted is null
    and line.known_on <= $as_of
    and direct.fact_id is null
    and line.amount > coalesce(covered.posted_amount, 0)
    and line.line_kind not in ('interest', 'sweep', 'adjustment')
order by line.posted_date, line.bank_transaction_id
