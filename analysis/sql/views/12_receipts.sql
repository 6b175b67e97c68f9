-- Every cheque and cash receipt, in its newest telling.
--
-- grain:   one row per receipt
-- key:     receipt_id
-- params:  none
-- units:   US dollars
create or replace view receipts as
with ranked as (
    select receipt_row_id, row_number() over (partition by receipt_id order by file_id desc, place desc) as newness
    from receipt
)

select
    receipt.receipt_row_id,
    receipt.file_id,
    receipt.place,
    receipt.receipt_id,
    receipt.received_date,
    receipt.payment_method,
    receipt.payer_name,
    receipt.routing_number,
    receipt.check_account,
    receipt.check_number,
    receipt.check_key,
    receipt.check_date,
    receipt.amount,
    receipt.account_number,
    receipt.deposit_slip
from receipt
inner join ranked on receipt.receipt_row_id = ranked.receipt_row_id and ranked.newness = 1
