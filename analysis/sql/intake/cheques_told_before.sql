-- The cheques of a file that another file has told under another receipt number: the same bank, account and number.
--
-- grain:   one row per cheque of the file that was told before
-- key:     place
-- params:  file_id (integer)
-- example: file_id=1
-- units:   US dollars; lines
with own as (
    select
        place,
        receipt_id,
        check_key,
        amount,
        ltrim(routing_number, '0') as routing_key,
        ltrim(upper(check_account), '0') as account_key
    from receipt
    where file_id = $file_id and check_key is not null
)

select
    own.place,
    own.amount,
    min(source_file.file_name) as file_name
from own
inner join receipt as earlier
    on own.check_key = earlier.check_key
    and own.routing_key = ltrim(earlier.routing_number, '0')
    and own.account_key = ltrim(upper(earlier.check_account), '0')
    and own.receipt_id <> earlier.receipt_id
inner join source_file on earlier.file_id = source_file.file_id
where earlier.file_id <> $file_id
group by own.place, own.amount
order by own.place
