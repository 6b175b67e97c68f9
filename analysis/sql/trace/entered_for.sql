-- The ledger entries that posted lines made: same account, reference and amount, with the other sign.
--
-- grain:   one row per posted line and ledger entry
-- key:     posting_line_id, account_transaction_id
-- params:  as_of (date): later entries do not exist yet
-- units:   none
-- note:    of the lines that are followed
select
    cast(line.posting_line_id as varchar) as posting_line_id,
    cast(entry.account_transaction_id as varchar) as account_transaction_id
from posting_lines as line
inner join traced_facts as traced
    on traced.what = 'posted_line' and cast(line.posting_line_id as varchar) = traced.seed_id
inner join account_transactions as entry
    on ltrim(upper(line.account_number), '0') = ltrim(upper(entry.account_number), '0')
    and line.reference_key = ltrim(translate(upper(entry.reference), ' -/.', ''), '0')
    and line.amount = -entry.amount
where entry.transaction_date <= $as_of
