-- Every posting batch with its legs: posted, remitted by the remittances it names, deposited through them or by itself.
--
-- grain:   one row per batch
-- key:     batch_id
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars
-- note:    a deposit counts by the amount linked, so that a lump deposit is not counted whole for each of its batches
with pairs as (
    select side, fact_id, other_side, other_fact_id, amount, other_amount
    from linked_pairs
    where known_on <= $as_of
),

remitted as (
    select distinct
        fact_id as batch_id,
        other_fact_id as remittance_fact_id
    from pairs
    where side = 'batch' and other_side = 'remittance'
),

through as (
    select
        remitted.batch_id,
        pairs.other_fact_id as bank_fact_id,
        sum(pairs.amount)::decimal(18, 2) as amount
    from remitted
    inner join pairs
        on pairs.side = 'remittance' and pairs.other_side = 'bank' and remitted.remittance_fact_id = pairs.fact_id
    group by remitted.batch_id, pairs.other_fact_id
),

direct as (
    select
        pairs.fact_id as batch_id,
        pairs.other_fact_id as bank_fact_id,
        sum(pairs.other_amount)::decimal(18, 2) as amount
    from pairs
    left join through on pairs.fact_id = through.batch_id and pairs.other_fact_id = through.bank_fact_id
    where pairs.side = 'batch' and pairs.other_side = 'bank' and through.batch_id is null
    group by pairs.fact_id, pairs.other_fact_id
),

deposited as (
    select batch_id, sum(amount)::decimal(18, 2) as deposited_total
    from (
        select batch_id, amount from through
        union all
        select batch_id, amount from direct
    ) as both_ways
    group by batch_id
),

advised as (
    select
        remitted.batch_id,
        sum(remittance.payment_amount)::decimal(18, 2) as remitted_total,
        count(*) as remittance_count
    from remitted
    inner join remittances as remittance on remitted.remittance_fact_id = cast(remittance.remittance_id as varchar)
    group by remitted.batch_id
)

select
    batch.batch_id,
    batch.batch_type,
    batch.deposit_date,
    batch.payer_name,
    batch.bank_account,
    batch.posted_by,
    batch.line_count,
    batch.control_total,
    batch.posted_total,
    coalesce(advised.remittance_count, 0) as remittance_count,
    coalesce(advised.remitted_total, 0)::decimal(18, 2) as remitted_total,
    coalesce(deposited.deposited_total, 0)::decimal(18, 2) as deposited_total
from posting_batches as batch
left join advised on batch.batch_id = advised.batch_id
left join deposited on batch.batch_id = deposited.batch_id
where batch.known_on <= $as_of
order by batch.deposit_date, batch.batch_id
