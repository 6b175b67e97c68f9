-- Every number that a fact is known by: trace, cheque, claim, account, batch, references. As written, and as compared.
--
-- grain:   one row per fact, field and number
-- key:     what, seed_id, field, written
-- params:  none
-- units:   compared: upper case, without blanks, - / . and leading zeros, as analysis/intake/traces.py has it
create or replace view known_keys as
with written as (
    select
        'bank_line' as what,
        cast(bank_transaction_id as varchar) as seed_id,
        'bank_reference' as field,
        bank_reference as written
    from bank_transaction
    union all
    select
        'bank_line' as what,
        cast(bank_transaction_id as varchar) as seed_id,
        'customer_reference' as field,
        customer_reference as written
    from bank_transaction
    union all
    select distinct
        'bank_line' as what,
        cast(bank_transaction_id as varchar) as seed_id,
        'trace_in_text' as field,
        trace_key as written
    from bank_trace
    union all
    select
        'remittance' as what,
        cast(remittance_id as varchar) as seed_id,
        'trace_number' as field,
        trace_number as written
    from remittance
    union all
    select
        'claim' as what,
        cast(claim_payment_id as varchar) as seed_id,
        'claim_id' as field,
        claim_id as written
    from claim_payment
    union all
    select
        'claim' as what,
        cast(claim_payment_id as varchar) as seed_id,
        'payer_claim_control_number' as field,
        payer_claim_control_number as written
    from claim_payment
    union all
    select
        'claim' as what,
        cast(claim_payment_id as varchar) as seed_id,
        'original_claim_control_number' as field,
        original_claim_control_number as written
    from claim_payment
    union all
    select
        'claim' as what,
        cast(claim_payment_id as varchar) as seed_id,
        'member_id' as field,
        coalesce(patient_id, insured_id) as written
    from claim_payment
    union all
    select
        'provider_adjustment' as what,
        cast(file_id as varchar) || '-' || cast(place as varchar) || '-' || cast(position as varchar) as seed_id,
        'reference_id' as field,
        reference_id as written
    from provider_adjustment
    union all
    select
        'batch' as what,
        batch_id as seed_id,
        'batch_id' as field,
        batch_id as written
    from posting_batches
    union all
    select
        'posted_line' as what,
        cast(posting_line_id as varchar) as seed_id,
        'account_number' as field,
        account_number as written
    from posting_line
    union all
    select
        'posted_line' as what,
        cast(posting_line_id as varchar) as seed_id,
        'reference_number' as field,
        reference_number as written
    from posting_line
    union all
    select
        'ledger_entry' as what,
        cast(account_transaction_id as varchar) as seed_id,
        'reference' as field,
        reference as written
    from account_transaction
    union all
    select
        'ledger_entry' as what,
        cast(account_transaction_id as varchar) as seed_id,
        'transaction_id' as field,
        transaction_id as written
    from account_transaction
    union all
    select
        'account' as what,
        account_number as seed_id,
        'account_number' as field,
        account_number as written
    from known_accounts
    union all
    select
        'receipt' as what,
        receipt_id as seed_id,
        'receipt_id' as field,
        receipt_id as written
    from receipts
    union all
    select
        'receipt' as what,
        receipt_id as seed_id,
        'check_number' as field,
        check_number as written
    from receipts
    union all
    select
        'receipt' as what,
        receipt_id as seed_id,
        'deposit_slip' as field,
        deposit_slip as written
    from receipts
    union all
    select
        'receipt' as what,
        receipt_id as seed_id,
        'account_number' as field,
        account_number as written
    from receipts
)

select
    what,
    seed_id,
    field,
    written,
    ltrim(translate(upper(written), ' -/.', ''), '0') as compared
from written
where written is not null
