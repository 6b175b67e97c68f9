-- Every fact that money can be traced by: bank lines, remittances and what they pay or take, postings, accounts, receipts.
--
-- grain:   one row per fact
-- key:     kind, row_id
-- params:  none
-- units:   US dollars; day is the fact's own
-- note:    side and fact_id are what a page opens for it; is_patient where the name may be a patient's; not_counted says why
--          its money does not count; account entries and receipts are there from their file's day on, whatever their own
create or replace view traced_facts as
select
    'bank line' as kind,
    cast(line.bank_transaction_id as varchar) as row_id,
    'bank' as side,
    cast(line.bank_transaction_id as varchar) as fact_id,
    line.posted_date as day,
    line.amount,
    coalesce(line.bank_reference, line.customer_reference) as reference,
    line.company_name as name,
    false as is_patient,
    line.not_counted,
    cast(null as varchar) as account_key,
    cast(null as integer) as line_number,
    line.file_id,
    line.place
from bank_transactions as line
union all
select
    'remittance' as kind,
    cast(remittance_id as varchar) as row_id,
    'remittance' as side,
    cast(remittance_id as varchar) as fact_id,
    coalesce(payment_date, known_on) as day,
    payment_amount as amount,
    trace_number as reference,
    payer_name as name,
    false as is_patient,
    case when duplicate_of is not null then 'the same remittance came before' end as not_counted,
    cast(null as varchar) as account_key,
    cast(null as integer) as line_number,
    file_id,
    place
from remittances
union all
select
    'claim' as kind,
    cast(claim.claim_payment_id as varchar) as row_id,
    'claim' as side,
    cast(claim.claim_payment_id as varchar) as fact_id,
    coalesce(remittance.payment_date, remittance.known_on) as day,
    claim.paid_amount as amount,
    claim.claim_id as reference,
    claim.patient_last_name as name,
    true as is_patient,
    case when remittance.duplicate_of is not null then 'the same remittance came before' end as not_counted,
    ltrim(upper(claim.claim_id), '0') as account_key,
    cast(null as integer) as line_number,
    claim.file_id,
    claim.place
from claim_payments as claim
inner join remittances as remittance on claim.remittance_id = remittance.remittance_id
union all
select
    'provider adjustment' as kind,
    cast(adjustment.file_id as varchar) || '-' || cast(adjustment.place as varchar) || '-' || cast(adjustment.position as varchar)
        as row_id,
    'remittance' as side,
    cast(adjustment.remittance_id as varchar) as fact_id,
    coalesce(remittance.payment_date, remittance.known_on) as day,
    adjustment.amount,
    adjustment.reference_id as reference,
    remittance.payer_name as name,
    false as is_patient,
    case when remittance.duplicate_of is not null then 'the same remittance came before' end as not_counted,
    cast(null as varchar) as account_key,
    cast(null as integer) as line_number,
    adjustment.file_id,
    adjustment.place
from provider_adjustments as adjustment
inner join remittances as remittance on adjustment.remittance_id = remittance.remittance_id
union all
select
    'posting batch' as kind,
    batch_id as row_id,
    'batch' as side,
    batch_id as fact_id,
    deposit_date as day,
    control_total as amount,
    batch_id as reference,
    payer_name as name,
    coalesce(batch_type in ('PATIENT', 'CARD'), false) as is_patient,
    cast(null as varchar) as not_counted,
    cast(null as varchar) as account_key,
    cast(null as integer) as line_number,
    file_id,
    place
from posting_batches
union all
select
    'posted line' as kind,
    cast(posting_line_id as varchar) as row_id,
    'batch' as side,
    batch_id as fact_id,
    coalesce(posting_date, deposit_date) as day,
    amount,
    account_number as reference,
    payer_name as name,
    coalesce(batch_type in ('PATIENT', 'CARD'), false) as is_patient,
    cast(null as varchar) as not_counted,
    ltrim(upper(account_number), '0') as account_key,
    line_number,
    file_id,
    place
from posting_lines
union all
select
    'account entry' as kind,
    cast(entry.account_transaction_id as varchar) as row_id,
    'account' as side,
    entry.account_number as fact_id,
    entry.transaction_date as day,
    entry.amount,
    entry.account_number as reference,
    entry.payer_name as name,
    true as is_patient,
    cast(null as varchar) as not_counted,
    ltrim(upper(entry.account_number), '0') as account_key,
    cast(null as integer) as line_number,
    entry.file_id,
    entry.place
from account_transactions as entry
union all
select
    'receipt' as kind,
    receipt.receipt_id as row_id,
    'receipt' as side,
    receipt.receipt_id as fact_id,
    receipt.received_date as day,
    receipt.amount,
    coalesce(receipt.check_number, receipt.receipt_id) as reference,
    receipt.payer_name as name,
    true as is_patient,
    cast(null as varchar) as not_counted,
    cast(null as varchar) as account_key,
    cast(null as integer) as line_number,
    receipt.file_id,
    receipt.place
from receipts as receipt
