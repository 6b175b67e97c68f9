-- Every amount that a person may look for, with the fact it is of: the fact's own, and others that files tell of it.
--
-- grain:   one row per fact and field with an amount, also of facts that are not known any more (known_facts says)
-- key:     what, seed_id, field
-- params:  none
-- units:   US dollars
-- note:    of a service line its claim is the fact; it counts where it is not all that the claim was paid
create or replace view known_amounts as
select
    'bank_line' as what,
    cast(bank_transaction_id as varchar) as seed_id,
    'amount' as field,
    amount
from bank_transaction
union all
select
    'remittance' as what,
    cast(remittance_id as varchar) as seed_id,
    'amount' as field,
    payment_amount as amount
from remittance
where payment_amount is not null
union all
select
    'claim' as what,
    cast(claim_payment_id as varchar) as seed_id,
    'amount' as field,
    paid_amount as amount
from claim_payment
where paid_amount is not null
union all
select
    'claim' as what,
    cast(claim_payment_id as varchar) as seed_id,
    'charge_amount' as field,
    charge_amount as amount
from claim_payment
where charge_amount is not null
union all
select
    'claim' as what,
    cast(claim_payment_id as varchar) as seed_id,
    'patient_responsibility' as field,
    patient_responsibility as amount
from claim_payment
where patient_responsibility is not null
union all
select
    'claim' as what,
    cast(line.claim_payment_id as varchar) as seed_id,
    'service_line_' || cast(line.place as varchar) as field,
    line.paid_amount as amount
from service_payment as line
inner join claim_payment as claim on line.claim_payment_id = claim.claim_payment_id
where line.paid_amount <> coalesce(claim.paid_amount, 0)
union all
select
    'provider_adjustment' as what,
    cast(file_id as varchar) || '-' || cast(place as varchar) || '-' || cast(position as varchar) as seed_id,
    'amount' as field,
    amount
from provider_adjustment
where amount is not null
union all
select
    'batch' as what,
    batch_id as seed_id,
    'amount' as field,
    posted_total as amount
from posting_batches
union all
select
    'batch' as what,
    batch_id as seed_id,
    'control_total' as field,
    control_total as amount
from posting_batches
where control_total <> posted_total
union all
select
    'posted_line' as what,
    cast(posting_line_id as varchar) as seed_id,
    'amount' as field,
    amount
from posting_line
union all
select
    'ledger_entry' as what,
    cast(account_transaction_id as varchar) as seed_id,
    'amount' as field,
    amount
from account_transaction
union all
select
    'account' as what,
    account_number as seed_id,
    'amount' as field,
    balance as amount
from known_accounts
where balance is not null
union all
select
    'receipt' as what,
    receipt_id as seed_id,
    'amount' as field,
    amount
from receipts
