-- The posting batches that a bank line is matched to, by itself or through its remittances.
--
-- grain:   one row per batch
-- key:     batch_id
-- params:  bank_transaction_id (integer)
-- example: bank_transaction_id=1
-- units:   US dollars
with found as (
    select other_fact_id as batch_id
    from linked_pairs
    where side = 'bank' and other_side = 'batch' and fact_id = cast($bank_transaction_id as varchar)
    union
    select batch.other_fact_id as batch_id
    from linked_pairs as bank
    inner join linked_pairs as batch
        on bank.other_fact_id = batch.fact_id and batch.side = 'remittance' and batch.other_side = 'batch'
    where bank.side = 'bank'
        and bank.other_side = 'remittance'
        and bank.fact_id = cast($bank_transaction_id as varchar)
)

select
    batch.batch_id,
    batch.batch_type,
    batch.deposit_date,
    batch.payer_name,
    batch.control_total,
    batch.posted_total,
    batch.line_count
from posting_batches as batch
inner join found on batch.batch_id = found.batch_id
order by batch.batch_id
