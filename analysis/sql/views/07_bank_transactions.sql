-- Every bank line, with whether its money counts (`bank_tellings` says why not).
--
-- grain:   one row per bank line as it came; count money where not_counted is null
-- key:     bank_transaction_id
-- params:  none
-- units:   US dollars, money in positive
-- note:    told_by_entry_id: the one ACH entry that tells the same money with its addenda; what the bank line lacks of the
--          sender is taken from it
create or replace view bank_transactions as
select
    line.bank_transaction_id,
    line.file_id,
    source_file.file_name,
    line.place,
    line.last_place,
    line.bank_account,
    line.posted_date,
    told.known_on,
    line.value_date,
    line.type_code,
    line.line_kind,
    line.amount,
    line.funds_type,
    line.bank_reference,
    line.customer_reference,
    line.description,
    coalesce(line.company_name, entry.company_name) as company_name,
    coalesce(line.company_id, entry.company_id) as company_id,
    line.item_count,
    told.told_by_entry_id,
    told.not_counted
from bank_transaction as line
inner join bank_tellings as told on line.bank_transaction_id = told.bank_transaction_id
left join bank_transaction as entry on told.told_by_entry_id = entry.bank_transaction_id
inner join source_file on line.file_id = source_file.file_id
