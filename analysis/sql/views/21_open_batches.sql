-- Posting batches that no confirmed match ties straight to a deposit: what the matching rules may still take.
--
-- grain:   one row per batch
-- key:     batch_id
-- params:  none
-- units:   US dollars; deposit_number counts business days
-- note:    a run of the rules copies this view as it does open_deposits
create or replace view open_batches as
with tied as (
    select distinct fact_id
    from linked_amounts
    where side = 'batch' and other_side = 'bank'
)

select
    batch.batch_id,
    batch.file_id,
    batch.known_on,
    batch.batch_type,
    batch.control_total,
    batch.posted_total,
    batch.deposit_date,
    bank_day.business_number as deposit_number,
    batch.bank_account,
    batch.payer_name
from posting_batches as batch
inner join bank_day on batch.deposit_date = bank_day.calendar_day
left join tied on batch.batch_id = tied.fact_id
where tied.fact_id is null
