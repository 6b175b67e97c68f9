-- Every cheque and cash receipt, in its newest telling.
--
-- grain:   one row per receipt
-- key:     receipt_id
-- params:  none
-- units:   US dollars
-- note:    a file that came after a day was closed is not seen as of that day; deposit_slip is the one that its file names, else
--          the one made of it here
create or replace view receipts as
with ranked as (
    select
        receipt.receipt_row_id,
        row_number() over (partition by receipt.receipt_id order by receipt.file_id desc, receipt.place desc) as newness
    from receipt
    inner join source_file on receipt.file_id = source_file.file_id
    inner join reporting_day on coalesce(source_file.known_from, reporting_day.day) <= reporting_day.day
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
    coalesce(receipt.deposit_slip, slip_receipts.slip_number) as deposit_slip
from receipt
inner join ranked on receipt.receipt_row_id = ranked.receipt_row_id and ranked.newness = 1
left join slip_receipts on receipt.receipt_id = slip_receipts.receipt_id
