-- What a file was said to hold is what the store has of it, by rows.
--
-- grain:   one row per file and table that differs
-- key:     file_id, record_name
-- params:  none
-- units:   counts of rows
with stored as (
    select file_id, 'remittances' as record_name, count(*) as stored_count from remittance group by file_id
    union all
    select file_id, 'claims' as record_name, count(*) as stored_count from claim_payment group by file_id
    union all
    select file_id, 'service_lines' as record_name, count(*) as stored_count from service_payment group by file_id
    union all
    select file_id, 'adjustments' as record_name, count(*) as stored_count from claim_adjustment group by file_id
    union all
    select file_id, 'provider_adjustments' as record_name, count(*) as stored_count
    from provider_adjustment group by file_id
    union all
    select file_id, 'transactions' as record_name, count(*) as stored_count from bank_transaction group by file_id
    union all
    select file_id, 'batches' as record_name, count(*) as stored_count from ach_batch group by file_id
    union all
    select file_id, 'entries' as record_name, count(*) as stored_count from ach_entry group by file_id
    union all
    select file_id, 'addenda' as record_name, count(*) as stored_count from ach_addenda group by file_id
    union all
    select file_id, 'statements' as record_name, count(*) as stored_count from bank_statement group by file_id
    union all
    select file_id, 'summaries' as record_name, count(*) as stored_count from bank_summary group by file_id
    union all
    select file_id, 'posting_lines' as record_name, count(*) as stored_count from posting_line group by file_id
    union all
    select file_id, 'posting_batches' as record_name, count(distinct batch_id) as stored_count
    from posting_line group by file_id
    union all
    select file_id, 'accounts' as record_name, count(*) as stored_count from account group by file_id
    union all
    select file_id, 'account_transactions' as record_name, count(*) as stored_count
    from account_transaction group by file_id
    union all
    select file_id, 'receipts' as record_name, count(*) as stored_count from receipt group by file_id
)

select
    coalesce(said.file_id, stored.file_id) as file_id,
    coalesce(said.record_name, stored.record_name) as record_name,
    coalesce(said.record_count, 0) as said_count,
    coalesce(stored.stored_count, 0) as stored_count
from file_record as said
full outer join stored on said.file_id = stored.file_id and said.record_name = stored.record_name
where coalesce(said.record_count, 0) <> coalesce(stored.stored_count, 0)
order by file_id, record_name
