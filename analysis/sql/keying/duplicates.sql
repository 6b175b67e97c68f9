-- The cheques of a keyed batch that were taken before: on an earlier line, in another open batch, or as a receipt.
--
-- grain:   one row per line of the batch that is a duplicate
-- key:     line_number
-- params:  keyed_batch_id (integer)
-- example: keyed_batch_id = 1
-- units:   none; found_in says where the cheque was first
with cheques as (
    select
        line.keyed_batch_id,
        line.line_number,
        ltrim(line.routing_number, '0') as routing_key,
        ltrim(replace(replace(upper(line.check_account), ' ', ''), '-', ''), '0') as account_key,
        ltrim(replace(replace(upper(line.check_number), ' ', ''), '-', ''), '0') as check_key
    from keyed_lines as line
    inner join keyed_batches as batch on line.keyed_batch_id = batch.keyed_batch_id
    where not line.is_void
        and line.payment_method = 'CHECK'
        and (batch.status = 'open' or batch.keyed_batch_id = $keyed_batch_id)
),

own as (
    select line_number, routing_key, account_key, check_key
    from cheques
    where keyed_batch_id = $keyed_batch_id
),

hits as (
    select own.line_number, 'line ' || cast(earlier.line_number as varchar) as found_in
    from own
    inner join own as earlier
        on own.routing_key = earlier.routing_key
        and own.account_key = earlier.account_key
        and own.check_key = earlier.check_key
        and own.line_number > earlier.line_number
    union all
    select own.line_number, 'keyed batch ' || cast(other.keyed_batch_id as varchar) as found_in
    from own
    inner join cheques as other
        on own.routing_key = other.routing_key
        and own.account_key = other.account_key
        and own.check_key = other.check_key
        and other.keyed_batch_id <> $keyed_batch_id
    union all
    select own.line_number, 'a receipt of ' || cast(receipt.received_date as varchar) as found_in
    from own
    inner join receipts as receipt
        on own.check_key = receipt.check_key
        and own.routing_key = ltrim(receipt.routing_number, '0')
        and own.account_key = ltrim(replace(replace(upper(receipt.check_account), ' ', ''), '-', ''), '0')
    left join keyed_lines as line on receipt.receipt_id = line.receipt_id and line.keyed_batch_id = $keyed_batch_id
    where line.receipt_id is null
)

select line_number, min(found_in) as found_in
from hits
group by line_number
order by line_number
