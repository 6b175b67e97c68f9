-- The ledger of one account with its running balance.
--
-- grain:   one row per ledger entry
-- key:     transaction_id
-- params:  account_number (text)
-- example: account_number='CHE1044030'
-- units:   US dollars; charges positive, payments and adjustments negative
with ordered as (
    select
        account_transaction_id,
        transaction_id,
        transaction_date,
        type,
        source,
        payer_name,
        procedure_code,
        reference,
        amount,
        sum(amount) over (order by transaction_date, account_transaction_id) as running_balance
    from account_transactions
    where account_number = $account_number
)

select
    transaction_id,
    transaction_date,
    type,
    source,
    payer_name,
    procedure_code,
    reference,
    amount,
    running_balance::decimal(18, 2) as running_balance,
    running_balance < 0 and running_balance - amount >= 0 as turns_negative
from ordered
order by transaction_date, account_transaction_id
