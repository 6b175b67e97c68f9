-- Every ledger entry, once, however often an extract tells it.
--
-- grain:   one row per transaction of an account
-- key:     account_number, transaction_id
-- params:  none
-- units:   US dollars; charges positive, payments and adjustments negative
-- note:    a file that came after a day was closed is not seen as of that day
create or replace view account_transactions as
with ranked as (
    select
        entry.account_transaction_id,
        row_number() over (
            partition by entry.account_number, entry.transaction_id order by entry.file_id desc, entry.place desc
        ) as newness
    from account_transaction as entry
    inner join source_file on entry.file_id = source_file.file_id
    inner join reporting_day on coalesce(source_file.known_from, reporting_day.day) <= reporting_day.day
)

select
    entry.account_transaction_id,
    entry.file_id,
    entry.place,
    entry.account_number,
    entry.transaction_id,
    entry.transaction_date,
    entry.type,
    entry.source,
    entry.payer_name,
    entry.amount,
    entry.reference,
    entry.procedure_code
from account_transaction as entry
inner join ranked on entry.account_transaction_id = ranked.account_transaction_id and ranked.newness = 1
