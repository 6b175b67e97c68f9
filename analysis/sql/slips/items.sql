-- What is on the deposit slips that stand: each receipt, with its amount as it was when its slip was made.
--
-- grain:   one row per receipt on a slip
-- key:     receipt_id
-- params:  as_of (date): what became known later is not there; slip_number (text): only that slip's, null for all
-- example: as_of=2026-11-13, slip_number='045001'
-- units:   US dollars
select
    receipt.deposit_slip as slip_number,
    receipt.receipt_id,
    coalesce(item.amount, receipt.amount) as amount,
    coalesce(receipt.payment_method, 'CHECK') as payment_method,
    receipt.check_number,
    receipt.payer_name,
    receipt.received_date
from receipts as receipt
left join slip_receipts as item on receipt.receipt_id = item.receipt_id
where receipt.received_date <= $as_of and receipt.deposit_slip = coalesce(cast($slip_number as varchar), receipt.deposit_slip)
order by receipt.deposit_slip, receipt.receipt_id
