-- Posting batches that name no remittance, and remittances of their payer with their control total near their day.
--
-- grain:   one row per batch and remittance
-- key:     left_fact_id, right_fact_id
-- params:  as_of (date): later facts are not yet known; days (integer): bank business days between the two, either way
-- example: as_of=2026-11-13, days=5
-- units:   US dollars
with posted as (
    select distinct fact_id
    from linked_amounts
    where side = 'remittance' and other_side = 'batch'
),

named as (
    select distinct batch_id
    from batch_advice
)

select
    batch.batch_id as left_fact_id,
    batch.posted_total as left_amount,
    cast(remittance.remittance_id as varchar) as right_fact_id,
    remittance.payment_amount as right_amount,
    greatest(batch.known_on, remittance.known_on) as known_on,
    'payer and total agree; the batch names no trace' as explanation,
    'payer; amount' as agrees,
    'trace' as differs
from posting_batches as batch
inner join bank_day as deposit_day on batch.deposit_date = deposit_day.calendar_day
inner join remittances as remittance
    on batch.control_total = remittance.payment_amount and upper(batch.payer_name) = upper(remittance.payer_name)
inner join bank_day as payment_day on remittance.payment_date = payment_day.calendar_day
left join posted on cast(remittance.remittance_id as varchar) = posted.fact_id
left join named on batch.batch_id = named.batch_id
where remittance.duplicate_of is null
    and remittance.currency = 'USD'
    and posted.fact_id is null
    and named.batch_id is null
    and batch.known_on <= $as_of
    and remittance.known_on <= $as_of
    and abs(deposit_day.business_number - payment_day.business_number) <= $days
    and not exists (
        select 1
        from linked_amounts
        where linked_amounts.side = 'batch' and linked_amounts.fact_id = batch.batch_id
    )
