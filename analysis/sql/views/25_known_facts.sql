-- Everything with an amount that files told, in one shape: what a search shows of it.
--
-- grain:   one row per bank line, remittance, claim, provider adjustment, batch, posted line, ledger entry, account, receipt
-- key:     what, seed_id
-- params:  none
-- units:   US dollars as the file signs them; known_on is the day from which the fact is known
-- note:    side and fact_id are the page that shows it (none for receipts), what and seed_id the fact itself
create or replace view known_facts as
select
    'bank_line' as what,
    cast(bank_transaction_id as varchar) as seed_id,
    'bank' as side,
    cast(bank_transaction_id as varchar) as fact_id,
    amount,
    known_on,
    coalesce(bank_reference, customer_reference) as reference,
    company_name as payer_name,
    coalesce(not_counted || ', ', '') || 'account ' || bank_account || coalesce(': ' || description, '') as words,
    file_id,
    place
from bank_transactions
union all
select
    'remittance' as what,
    cast(remittance_id as varchar) as seed_id,
    'remittance' as side,
    cast(remittance_id as varchar) as fact_id,
    payment_amount as amount,
    known_on,
    trace_number as reference,
    payer_name,
    coalesce(payment_method, 'payment')
    || coalesce(', to be paid ' || cast(payment_date as varchar), '')
    || case when duplicate_of is null then '' else ', came before in another file' end as words,
    file_id,
    place
from remittances
union all
select
    'claim' as what,
    cast(claim.claim_payment_id as varchar) as seed_id,
    'claim' as side,
    cast(claim.claim_payment_id as varchar) as fact_id,
    claim.paid_amount as amount,
    remittance.known_on,
    claim.claim_id as reference,
    remittance.payer_name,
    'in remittance ' || coalesce(remittance.trace_number, 'without trace')
    || coalesce(', payer''s number ' || claim.payer_claim_control_number, '')
    || coalesce(', status ' || claim.claim_status, '') as words,
    claim.file_id,
    claim.place
from claim_payments as claim
inner join remittances as remittance on claim.remittance_id = remittance.remittance_id
union all
select
    'provider_adjustment' as what,
    cast(adjustment.file_id as varchar) || '-' || cast(adjustment.place as varchar)
    || '-' || cast(adjustment.position as varchar) as seed_id,
    'remittance' as side,
    cast(adjustment.remittance_id as varchar) as fact_id,
    adjustment.amount,
    remittance.known_on,
    adjustment.reference_id as reference,
    remittance.payer_name,
    coalesce(adjustment.reason_code, 'no reason') || ' in remittance '
    || coalesce(remittance.trace_number, 'without trace') as words,
    adjustment.file_id,
    adjustment.place
from provider_adjustments as adjustment
inner join remittances as remittance on adjustment.remittance_id = remittance.remittance_id
union all
select
    'batch' as what,
    batch_id as seed_id,
    'batch' as side,
    batch_id as fact_id,
    posted_total as amount,
    known_on,
    batch_id as reference,
    payer_name,
    case
        when control_total = posted_total then 'control and posted total agree'
        else 'control total ' || cast(control_total as varchar) || ', posted ' || cast(posted_total as varchar)
    end || coalesce(', posted by ' || posted_by, '') as words,
    file_id,
    place
from posting_batches
union all
select
    'posted_line' as what,
    cast(posting_line_id as varchar) as seed_id,
    'batch' as side,
    batch_id as fact_id,
    amount,
    known_on,
    batch_id as reference,
    payer_name,
    coalesce('line ' || cast(line_number as varchar) || ', ', '')
    || lower(replace(transaction_type, '_', ' ')) || ' to account ' || account_number
    || coalesce(', reference ' || reference_number, '') as words,
    file_id,
    place
from posting_lines
union all
select
    'ledger_entry' as what,
    cast(entry.account_transaction_id as varchar) as seed_id,
    'account' as side,
    cast(account.account_id as varchar) as fact_id,
    entry.amount,
    entry.transaction_date as known_on,
    entry.account_number as reference,
    entry.payer_name,
    lower(entry.type) || coalesce(', ' || lower(entry.source), '') || coalesce(', reference ' || entry.reference, '') as words,
    entry.file_id,
    entry.place
from account_transactions as entry
inner join reporting_day on entry.transaction_date <= reporting_day.day
left join known_accounts as account on entry.account_number = account.account_number
union all
select
    'account' as what,
    account_number as seed_id,
    'account' as side,
    cast(account_id as varchar) as fact_id,
    balance as amount,
    known_on,
    account_number as reference,
    primary_payer_name as payer_name,
    coalesce('balance; patient ' || patient_name, 'only its ledger is loaded') as words,
    file_id,
    place
from known_accounts
union all
select
    'receipt' as what,
    receipt_id as seed_id,
    'receipt' as side,
    receipt_id as fact_id,
    amount,
    received_date as known_on,
    coalesce(check_number, receipt_id) as reference,
    payer_name,
    coalesce(lower(payment_method), 'receipt') || coalesce(', account ' || account_number, '')
    || coalesce(', slip ' || deposit_slip, '') as words,
    file_id,
    place
from receipts
inner join reporting_day on received_date <= reporting_day.day
