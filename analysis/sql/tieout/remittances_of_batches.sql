-- The remittances that batches name, each with what of it has been deposited.
--
-- grain:   one row per batch and remittance
-- key:     batch_id, remittance_id
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars
with pairs as (
    select side, fact_id, other_side, other_fact_id, amount, other_amount
    from linked_pairs
    where known_on <= $as_of
),

banked as (
    select fact_id, sum(amount)::decimal(18, 2) as deposited_amount
    from pairs
    where side = 'remittance' and other_side = 'bank'
    group by fact_id
)

select distinct
    pairs.fact_id as batch_id,
    remittance.remittance_id,
    remittance.trace_number,
    remittance.payer_name,
    remittance.payment_date,
    remittance.payment_amount,
    remittance.is_without_deposit,
    coalesce(banked.deposited_amount, 0)::decimal(18, 2) as deposited_amount
from pairs
inner join remittances as remittance on pairs.other_fact_id = cast(remittance.remittance_id as varchar)
left join banked on pairs.other_fact_id = banked.fact_id
where pairs.side = 'batch' and pairs.other_side = 'remittance'
order by batch_id, remittance.remittance_id
