-- The cheques taken, in their newest telling, with all that is known of each and whether it was taken before.
--
-- grain:   one row per receipt that is a cheque
-- key:     receipt_id
-- params:  as_of (date): what was received later is not there yet
-- example: as_of=2026-11-13
-- units:   US dollars
with cheques as (
    select
        receipt.receipt_id,
        receipt.file_id,
        receipt.place,
        receipt.received_date,
        receipt.payer_name,
        receipt.routing_number,
        receipt.check_account,
        receipt.check_number,
        receipt.check_date,
        receipt.amount,
        receipt.deposit_slip,
        case
            when receipt.check_key is not null and receipt.routing_number is not null and receipt.check_account is not null
                then row_number() over (
                    partition by
                        receipt.check_key,
                        ltrim(receipt.routing_number, '0'),
                        ltrim(replace(replace(upper(receipt.check_account), ' ', ''), '-', ''), '0')
                    order by receipt.received_date, receipt.file_id, receipt.place
                )
            else 1
        end as telling
    from receipts as receipt
    where receipt.received_date <= $as_of and coalesce(receipt.payment_method, 'CHECK') = 'CHECK'
)

select
    cheques.receipt_id,
    cheques.received_date,
    cheques.payer_name,
    cheques.routing_number,
    cheques.check_account,
    cheques.check_number,
    cheques.check_date,
    cheques.amount,
    cheques.deposit_slip,
    cheques.telling > 1 as is_repeated,
    line.micr_line,
    line.written_amount,
    line.payee_name,
    line.memo,
    source_files.file_name,
    cheques.place
from cheques
inner join source_files on cheques.file_id = source_files.file_id
left join keyed_lines as line on cheques.receipt_id = line.receipt_id
order by cheques.received_date, cheques.receipt_id
