-- Every row's file is in the store.
--
-- grain:   one row per table with rows of an unknown file
-- key:     table_name
-- params:  none
-- units:   counts of rows
with rows_by_file as (
    select 'remittance' as table_name, file_id from remittance
    union all
    select 'claim_payment' as table_name, file_id from claim_payment
    union all
    select 'service_payment' as table_name, file_id from service_payment
    union all
    select 'claim_adjustment' as table_name, file_id from claim_adjustment
    union all
    select 'provider_adjustment' as table_name, file_id from provider_adjustment
    union all
    select 'bank_transaction' as table_name, file_id from bank_transaction
    union all
    select 'ach_batch' as table_name, file_id from ach_batch
    union all
    select 'ach_entry' as table_name, file_id from ach_entry
    union all
    select 'ach_addenda' as table_name, file_id from ach_addenda
    union all
    select 'posting_line' as table_name, file_id from posting_line
    union all
    select 'account' as table_name, file_id from account
    union all
    select 'account_transaction' as table_name, file_id from account_transaction
    union all
    select 'receipt' as table_name, file_id from receipt
    union all
    select 'source_text' as table_name, file_id from source_text
)

select
    rows_by_file.table_name,
    count(*) as orphan_count
from rows_by_file
left join source_file on rows_by_file.file_id = source_file.file_id
where source_file.file_id is null
group by rows_by_file.table_name
order by rows_by_file.table_name
