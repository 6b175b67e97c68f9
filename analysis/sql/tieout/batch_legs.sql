-- Every posting batch with what it posted and the deposits tied to it by themselves, not through a remittance.
--
-- grain:   one row per batch
-- key:     batch_id
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars
with pairs as (
    select side, fact_id, other_side, other_fact_id, other_amount
    from linked_pairs
    where known_on <= $as_of
),

through as (
    select distinct
        posted.fact_id as batch_id,
        pairs.other_fact_id as bank_fact_id
    from pairs as posted
    inner join pairs
        on pairs.side = 'remittance' and pairs.other_side = 'bank' and posted.other_fact_id = pairs.fact_id
    where posted.side = 'batch' and posted.other_side = 'remittance'
),

direct as (
    select pairs.fact_id as batch_id, sum(pairs.other_amount)::decimal(18, 2) as deposited_total
    from pairs
    left join through on pairs.fact_id = through.batch_id and pairs.other_fact_id = through.bank_fact_id
    where pairs.side = 'batch' and pairs.other_side = 'bank' and through.batch_id is null
    group by pairs.fact_id
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
    coalesce(direct.deposited_total, 0)::decimal(18, 2) as direct_total
from posting_batches as batch
left join direct on batch.batch_id = direct.batch_id
where batch.known_on <= $as_of
order by batch.deposit_date, batch.batch_id
