-- The ledger of every account in credit, in its order.
--
-- grain:   one row per ledger entry of an account in credit
-- key:     account_transaction_id
-- params:  as_of (date): extracts and entries of later days do not exist yet
--          account_number (text): only this account's; null for all
-- example: account_number = null
-- units:   US dollars; charges positive, payments and adjustments negative
select
    account.account_number,
    entry.account_transaction_id,
    entry.transaction_id,
    entry.transaction_date,
    entry.type,
    entry.source,
    entry.payer_name,
    entry.amount,
    entry.reference,
    entry.procedure_code,
    (sum(entry.amount) over (
        partition by account.account_number order by entry.transaction_date, entry.account_transaction_id
    ))::decimal(18, 2) as running_balance
from account_transactions as entry
inner join credit_accounts as account on entry.account_number = account.account_number
where entry.transaction_date <= least(account.ledger_until, $as_of)
    and ($account_number is null or account.account_number = $account_number)
order by account.account_number, entry.transaction_date, entry.account_transaction_id
