-- The ledger entries and receipts of what is followed: all of whole accounts, else those with reference and account of a line.
--
-- grain:   one row per fact
-- key:     what, seed_id
-- params:  as_of (date): later entries do not exist yet
-- units:   none
with lines as (
    select distinct
        ltrim(upper(line.account_number), '0') as account_key,
        line.reference_key
    from posting_lines as line
    inner join traced_facts as traced
        on traced.what = 'posted_line' and cast(line.posting_line_id as varchar) = traced.seed_id
),

accounts_asked as (
    select ltrim(upper(seed_id), '0') as account_key
    from traced_facts
    where what = 'account'
),

entries as (
    select
        account_transaction_id,
        ltrim(upper(account_number), '0') as account_key,
        ltrim(translate(upper(reference), ' -/.', ''), '0') as reference_key
    from account_transactions
    where transaction_date <= $as_of
),

cheques as (
    select receipt_id, check_key, ltrim(upper(account_number), '0') as account_key
    from receipts
    where received_date <= $as_of
)

select 'ledger_entry' as what, cast(entries.account_transaction_id as varchar) as seed_id, false as is_whole
from entries
inner join accounts_asked on entries.account_key = accounts_asked.account_key
union
select 'ledger_entry' as what, cast(entries.account_transaction_id as varchar) as seed_id, false as is_whole
from entries
inner join lines on entries.account_key = lines.account_key and entries.reference_key = lines.reference_key
union
select 'receipt' as what, cheques.receipt_id as seed_id, false as is_whole
from cheques
inner join accounts_asked on cheques.account_key = accounts_asked.account_key
union
select 'receipt' as what, cheques.receipt_id as seed_id, false as is_whole
from cheques
inner join lines
    on cheques.check_key = lines.reference_key and coalesce(cheques.account_key, lines.account_key) = lines.account_key
