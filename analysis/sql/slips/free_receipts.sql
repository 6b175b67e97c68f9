-- The cheques and cash that are on no deposit slip yet, with the keyed batch that they are of.
--
-- grain:   one row per receipt
-- key:     receipt_id
-- params:  as_of (date): what was received later is not there yet
-- example: as_of=2026-11-13
-- units:   US dollars
select
    receipt.receipt_id,
    receipt.received_date,
    coalesce(receipt.payment_method, 'CHECK') as payment_method,
    receipt.payer_name,
    receipt.check_number,
    receipt.check_date,
    receipt.amount,
    batch.batch_id,
    batch.bank_account
from receipts as receipt
left join keyed_lines as line on receipt.receipt_id = line.receipt_id
left join keyed_batches as batch on line.keyed_batch_id = batch.keyed_batch_id
where receipt.deposit_slip is null
    and receipt.received_date <= $as_of
    and coalesce(receipt.payment_method, 'CHECK') in ('CHECK', 'CASH')
order by receipt.received_date, receipt.receipt_id
