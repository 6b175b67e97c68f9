-- Every entry of the ACH files, with its batch, the bank line that tells the same money, and what it returns.
--
-- grain:   one row per entry as it came
-- key:     ach_entry_id
-- params:  none
-- units:   US dollars as the receiving account sees them: credits positive, debits negative; entry_kind payment, return, change
--          (notification of change), prenote (no money), advice (of the operator), foreign (not in US dollars)
-- note:    an entry that is a bank line has its id there too. payment_information: the 05 addenda put together.
--          returns_entry_id: the entry whose trace a return or change names, where exactly one is loaded
create or replace view ach_entries as
with information as (
    select ach_entry_id, string_agg(text, '' order by place) as payment_information
    from ach_addenda
    where addenda_type = '05'
    group by ach_entry_id
),

originals as (
    select trace_key, max(ach_entry_id) as ach_entry_id
    from ach_entry
    where trace_key is not null and return_code is null and change_code is null
    group by trace_key
    having count(*) = 1
),

told as (
    select told_by_entry_id, min(bank_transaction_id) as bank_transaction_id
    from bank_transactions
    where told_by_entry_id is not null
    group by told_by_entry_id
)

select
    entry.ach_entry_id,
    entry.file_id,
    source_file.file_name,
    entry.place,
    entry.last_place,
    batch.batch_number,
    batch.sec_code,
    batch.company_name,
    batch.company_id,
    batch.entry_description,
    batch.effective_date,
    batch.settled_on,
    entry.entry_kind,
    entry.transaction_code,
    entry.receiving_bank,
    entry.account,
    entry.amount,
    entry.individual_id,
    entry.receiver_name,
    entry.trace_number,
    information.payment_information,
    entry.return_code,
    entry.change_code,
    entry.original_trace,
    originals.ach_entry_id as returns_entry_id,
    told.bank_transaction_id as told_by_line_id,
    line.not_counted
from ach_entry as entry
inner join ach_batch as batch on entry.ach_batch_id = batch.ach_batch_id
inner join source_file on entry.file_id = source_file.file_id
left join information on entry.ach_entry_id = information.ach_entry_id
left join originals on entry.original_trace_key = originals.trace_key
left join bank_transactions as line on entry.ach_entry_id = line.bank_transaction_id
left join told on entry.ach_entry_id = told.told_by_entry_id
