-- What payers took back, or said they will, for the claims of accounts in credit.
--
-- grain:   one row per account in credit and row of the take-back ledger
-- key:     account_number, takeback_id
-- params:  as_of (date): what became known later does not exist yet
--          account_number (text): only this account's; null for all
-- example: account_number = null
-- units:   US dollars without sign; taken_amount without what stands against a refund of ours; pending_amount is still to come
with grouped as (
    select
        account.account_number,
        entry.takeback_id,
        max(entry.payer_name) as payer_name,
        max(entry.code) as code,
        max(entry.reference) as reference,
        min(entry.known_on) as opened_on,
        max(entry.known_on) as last_on,
        sum(case when entry.amount > 0 and not entry.is_refund then entry.amount else 0 end)::decimal(18, 2) as taken_amount,
        sum(case when entry.amount < 0 and not entry.is_refund then -entry.amount else 0 end)::decimal(18, 2) as opened_amount
    from credit_accounts as account
    inner join takeback_entries as entry on account.account_key = ltrim(upper(entry.account_number), '0')
    where entry.known_on <= $as_of
        and entry.carry = 'carried'
        and ($account_number is null or account.account_number = $account_number)
    group by account.account_number, entry.takeback_id
)

select
    account_number,
    takeback_id,
    payer_name,
    code,
    reference,
    opened_on,
    last_on,
    opened_amount,
    taken_amount,
    greatest(opened_amount - taken_amount, 0)::decimal(18, 2) as pending_amount
from grouped
order by account_number, takeback_id
