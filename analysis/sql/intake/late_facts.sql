-- The rows of files just stored that are of days closed before: they count from the first open day.
--
-- grain:   one row per file and closed day
-- key:     file_id, day
-- params:  first_file_id (integer), last_file_id (integer): the files just stored
-- example: first_file_id=1, last_file_id=500
-- units:   counts of rows
-- note:    entries of a ledger and receipts are not counted: their files tell days long past each time
with told as (
    select file_id, posted_date as day
    from bank_transaction
    where file_id between $first_file_id and $last_file_id
    union all
    select remittance.file_id, coalesce(
        remittance.group_date, remittance.interchange_date, remittance.production_date, remittance.payment_date
    ) as day
    from remittance
    where remittance.file_id between $first_file_id and $last_file_id
    union all
    select file_id, coalesce(posting_date, deposit_date) as day
    from posting_line
    where file_id between $first_file_id and $last_file_id
    union all
    select file_id, extract_date as day
    from account
    where file_id between $first_file_id and $last_file_id
)

select
    told.file_id,
    told.day,
    source_file.known_from,
    count(*) as row_count
from told
inner join source_file on told.file_id = source_file.file_id
where told.day < source_file.known_from
group by told.file_id, told.day, source_file.known_from
order by told.file_id, told.day
