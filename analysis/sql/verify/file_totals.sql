-- What a file was said to hold is what the store has of it, in dollars.
--
-- grain:   one row per file and total that differs
-- key:     file_id, total_name
-- params:  none
-- units:   US dollars
with bank_money as (
    select line.file_id, line.amount
    from bank_transaction as line
    left join ach_entry on line.bank_transaction_id = ach_entry.ach_entry_id
    where ach_entry.ach_entry_id is null
    union all
    select file_id, amount
    from ach_entry
),

stored as (
    select remittance.file_id, 'payment_amount' as total_name, sum(payment_amount) as amount
    from remittance group by remittance.file_id
    union all
    select file_id, 'claim_charge_amount' as total_name, sum(charge_amount) as amount from claim_payment group by file_id
    union all
    select file_id, 'claim_payment_amount' as total_name, sum(paid_amount) as amount from claim_payment group by file_id
    union all
    select file_id, 'provider_adjustment_amount' as total_name, sum(amount) as amount
    from provider_adjustment group by file_id
    union all
    select file_id, 'credits' as total_name, sum(amount) as amount
    from bank_money where amount > 0 group by file_id
    union all
    select file_id, 'debits' as total_name, -sum(amount) as amount
    from bank_money where amount < 0 group by file_id
    union all
    select file_id, 'posted_amount' as total_name, sum(amount) as amount from posting_line group by file_id
    union all
    select file_id, 'balance' as total_name, sum(balance) as amount from account group by file_id
    union all
    select file_id, 'amount' as total_name, sum(amount) as amount from account_transaction group by file_id
    union all
    select file_id, 'amount' as total_name, sum(amount) as amount from receipt group by file_id
)

select
    said.file_id,
    said.total_name,
    said.amount as said_amount,
    coalesce(stored.amount, 0)::decimal(18, 2) as stored_amount
from file_total as said
left join stored on said.file_id = stored.file_id and said.total_name = stored.total_name
where said.total_name not in ('control_total', 'credit_balance')
    and said.amount <> coalesce(stored.amount, 0)
order by said.file_id, said.total_name
