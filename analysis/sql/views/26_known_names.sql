-- Every name that a fact bears: of payers, of patients, and of senders in the bank's text.
--
-- grain:   one row per fact and field
-- key:     what, seed_id, field
-- params:  none
-- units:   none; names as files write them
create or replace view known_names as
select
    'bank_line' as what,
    cast(bank_transaction_id as varchar) as seed_id,
    'bank_text' as field,
    coalesce(company_name || ' ', '') || coalesce(description, '') as name
from bank_transaction
union all
select
    'remittance' as what,
    cast(remittance_id as varchar) as seed_id,
    'payer_name' as field,
    payer_name as name
from remittance
where payer_name is not null
union all
select
    'claim' as what,
    cast(claim_payment_id as varchar) as seed_id,
    'patient_name' as field,
    coalesce(patient_last_name, '') || ', ' || coalesce(patient_first_name, '') as name
from claim_payment
where patient_last_name is not null
union all
select
    'batch' as what,
    batch_id as seed_id,
    'payer_name' as field,
    payer_name as name
from posting_batches
where payer_name is not null
union all
select
    'account' as what,
    account_number as seed_id,
    'patient_name' as field,
    patient_name as name
from known_accounts
where patient_name is not null
union all
select
    'receipt' as what,
    receipt_id as seed_id,
    'payer_name' as field,
    payer_name as name
from receipts
where payer_name is not null
