-- The provider adjustments of the remittances that batches name, each with the one batch that it belongs to.
--
-- grain:   one row per PLB pair
-- key:     file_id, place, position
-- params:  none
-- units:   US dollars as cash: an adjustment that reduces the payment is negative
-- note:    where several batches post a remittance, its adjustments belong to the first of them that posts any under its
--          trace, else to the first of them
create or replace view batch_adjustments as
with named as (
    select distinct
        pair.fact_id as batch_id,
        pair.other_fact_id as remittance_fact_id,
        batch.known_on
    from tied_pairs as pair
    inner join posting_batches as batch on pair.fact_id = batch.batch_id
    where pair.side = 'batch' and pair.other_side = 'remittance'
),

posting as (
    select distinct batch_id, reference_key
    from posting_lines
    where transaction_type = 'PROVIDER_ADJUSTMENT'
),

owners as (
    select
        named.remittance_fact_id,
        named.batch_id,
        row_number() over (
            partition by named.remittance_fact_id
            order by case when posting.batch_id is null then 1 else 0 end, named.known_on, named.batch_id
        ) as preference
    from named
    inner join remittances as remittance on named.remittance_fact_id = cast(remittance.remittance_id as varchar)
    left join posting on named.batch_id = posting.batch_id and remittance.trace_key = posting.reference_key
)

select
    adjustment.file_id,
    adjustment.place,
    adjustment.position,
    adjustment.remittance_id,
    owners.batch_id,
    coalesce(adjustment.reason_code, '?') as reason_code,
    (-adjustment.amount)::decimal(18, 2) as amount
from owners
inner join provider_adjustments as adjustment
    on owners.remittance_fact_id = cast(adjustment.remittance_id as varchar)
where owners.preference = 1
