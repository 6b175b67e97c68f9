-- Everything that bears an amount, a number or a name: bank lines, remittances, claims, postings, accounts, receipts.
--
-- grain:   one row per fact and field that agrees
-- key:     kind, fact_id, field
-- params:  as_of (date): what became known later does not exist yet; amount (decimal): null where the text is none;
--          number (text): as traces are compared, null where the text holds none; words (text): upper case, null where the
--          text is too short to be a name
-- example: as_of=2026-11-13, amount=1828.00, number=null, words=null
-- units:   US dollars; day is the fact's own; not_counted says why its money does not count
-- note:    payer_name is empty where it may be a patient's: of claims, accounts, receipts and patients' batches
with facts as (
    select
        'bank line' as kind,
        'bank' as side,
        cast(line.bank_transaction_id as varchar) as fact_id,
        line.posted_date as day,
        line.amount,
        coalesce(line.bank_reference, line.customer_reference) as reference,
        line.company_name as name,
        false as is_patient,
        line.not_counted,
        line.file_id,
        line.place
    from bank_transactions as line
    union all
    select
        'remittance' as kind,
        'remittance' as side,
        cast(remittance.remittance_id as varchar) as fact_id,
        coalesce(remittance.payment_date, remittance.known_on) as day,
        remittance.payment_amount as amount,
        remittance.trace_number as reference,
        remittance.payer_name as name,
        false as is_patient,
        case when remittance.duplicate_of is not null then 'the same remittance came before' end as not_counted,
        remittance.file_id,
        remittance.place
    from remittances as remittance
    union all
    select
        'claim' as kind,
        'claim' as side,
        cast(claim.claim_payment_id as varchar) as fact_id,
        coalesce(remittance.payment_date, remittance.known_on) as day,
        claim.paid_amount as amount,
        claim.claim_id as reference,
        claim.patient_last_name as name,
        true as is_patient,
        cast(null as varchar) as not_counted,
        claim.file_id,
        claim.place
    from claim_payments as claim
    inner join remittances as remittance on claim.remittance_id = remittance.remittance_id
    union all
    select
        'posted line' as kind,
        'batch' as side,
        line.batch_id as fact_id,
        line.known_on as day,
        line.amount,
        line.account_number as reference,
        line.payer_name as name,
        coalesce(line.batch_type in ('PATIENT', 'CARD'), false) as is_patient,
        cast(null as varchar) as not_counted,
        line.file_id,
        line.place
    from posting_lines as line
    union all
    select
        'posting batch' as kind,
        'batch' as side,
        batch.batch_id as fact_id,
        batch.deposit_date as day,
        batch.control_total as amount,
        batch.batch_id as reference,
        batch.payer_name as name,
        coalesce(batch.batch_type in ('PATIENT', 'CARD'), false) as is_patient,
        cast(null as varchar) as not_counted,
        batch.file_id,
        batch.place
    from posting_batches as batch
    union all
    select
        'account entry' as kind,
        'account' as side,
        entry.account_number as fact_id,
        entry.transaction_date as day,
        entry.amount,
        entry.account_number as reference,
        entry.payer_name as name,
        true as is_patient,
        cast(null as varchar) as not_counted,
        entry.file_id,
        entry.place
    from account_transactions as entry
    where entry.transaction_date <= $as_of
    union all
    select
        'receipt' as kind,
        'receipt' as side,
        receipt.receipt_id as fact_id,
        receipt.received_date as day,
        receipt.amount,
        coalesce(receipt.check_number, receipt.receipt_id) as reference,
        receipt.payer_name as name,
        true as is_patient,
        cast(null as varchar) as not_counted,
        receipt.file_id,
        receipt.place
    from receipts as receipt
    where receipt.received_date <= $as_of
),

numbers as (
    select 'bank' as side, cast(bank_transaction_id as varchar) as fact_id, trace_key as number, 'trace in the bank''s text' as field
    from bank_trace
    union all
    select 'remittance' as side, cast(remittance_id as varchar) as fact_id, trace_key as number, 'trace' as field
    from remittance
    union all
    select
        'claim' as side,
        cast(claim_payment_id as varchar) as fact_id,
        ltrim(upper(payer_claim_control_number), '0') as number,
        'payer''s claim number' as field
    from claim_payment
    union all
    select 'batch' as side, batch_id as fact_id, reference_key as number, 'trace posted' as field
    from posting_line
),

hits as (
    select
        kind, side, fact_id, day, amount, reference, name, is_patient, not_counted, file_id, place,
        case when amount = $amount then 'amount' else 'amount, sign turned' end as field
    from facts
    where amount in ($amount, -$amount)
    union all
    select kind, side, fact_id, day, amount, reference, name, is_patient, not_counted, file_id, place, 'reference' as field
    from facts
    where ltrim(replace(replace(upper(reference), ' ', ''), '-', ''), '0') = $number
    union all
    select
        facts.kind, facts.side, facts.fact_id, facts.day, facts.amount, facts.reference, facts.name,
        facts.is_patient, facts.not_counted, facts.file_id, facts.place, numbers.field
    from numbers
    inner join facts on numbers.side = facts.side and numbers.fact_id = facts.fact_id
    where numbers.number = $number and facts.kind not in ('posted line')
    union all
    select kind, side, fact_id, day, amount, reference, name, is_patient, not_counted, file_id, place, 'name' as field
    from facts
    where position($words in upper(name)) > 0 and kind not in ('account entry', 'posted line')
)

select
    kind,
    side,
    fact_id,
    day,
    amount,
    reference,
    case when not is_patient then name end as payer_name,
    not_counted,
    string_agg(distinct field, '; ' order by field) as field,
    file_id,
    place
from hits
group by kind, side, fact_id, day, amount, reference, name, is_patient, not_counted, file_id, place
order by day, kind, fact_id, place
