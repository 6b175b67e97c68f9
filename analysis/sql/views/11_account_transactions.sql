-- Every ledger entry, once, however often an extract tells it.
--
-- grain:   one row per transaction of an account
-- key:     account_number, transaction_id
-- params:  none
-- units:   US dollars; charges positive, payments and adjustments negative
create or replace view account_transactions as
with ranked as (
    select
        account_transaction_id,
        row_number() over (partition by account_number, transaction_id order by file_id desc, place desc) as newness
    from account_transaction
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
