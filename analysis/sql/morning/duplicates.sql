-- What came or was posted twice: remittances, bank lines, claims paid again, posting lines.
--
-- grain:   one row per fact that repeats an earlier one
-- key:     kind, fact_id
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars that would count twice; none of what names another currency
-- note:    a claim is paid again where the same payer pays the same amount for it as primary, secondary or tertiary in another
--          remittance; a posting line is repeated where a batch holds account, reference, type and amount once more
with paid as (
    select
        claim.claim_payment_id,
        remittance.payer_name,
        claim.claim_id,
        case when remittance.currency = 'USD' then claim.paid_amount else 0 end as paid_amount,
        remittance.known_on,
        row_number() over (
            partition by remittance.payer_key, claim.claim_id, claim.claim_status, claim.paid_amount, claim.charge_amount
            order by remittance.known_on, claim.claim_payment_id
        ) as copy_number,
        count(*) over (
            partition by claim.remittance_id, claim.claim_id, claim.claim_status, claim.paid_amount, claim.charge_amount
        ) as copies_here
    from claim_payments as claim
    inner join remittances as remittance on claim.remittance_id = remittance.remittance_id
    where remittance.duplicate_of is null
        and remittance.known_on <= $as_of
        and claim.claim_id is not null
        and claim.paid_amount > 0
        and claim.claim_status in ('1', '2', '3', '19', '20', '21')
),

posted as (
    select
        posting_line_id,
        batch_id,
        payer_name,
        reference_number,
        amount,
        known_on,
        row_number() over (
            partition by batch_id, account_number, reference_key, transaction_type, amount order by place
        ) as copy_number
    from posting_lines
    where known_on <= $as_of
)

select
    'remittance' as kind,
    cast(remittance_id as varchar) as fact_id,
    'remittance' as side,
    cast(remittance_id as varchar) as opens,
    payer_name,
    trace_number as reference,
    case when currency = 'USD' then coalesce(payment_amount, 0) else 0 end::decimal(18, 2) as amount,
    known_on as day
from remittances
where duplicate_of is not null and known_on <= $as_of
union all
select
    'bank_line' as kind,
    cast(bank_transaction_id as varchar) as fact_id,
    'bank' as side,
    cast(bank_transaction_id as varchar) as opens,
    company_name as payer_name,
    coalesce(bank_reference, customer_reference) as reference,
    amount,
    known_on as day
from bank_transactions
where not_counted = 'overlap with another file' and known_on <= $as_of
union all
select
    'claim_payment' as kind,
    cast(claim_payment_id as varchar) as fact_id,
    'claim' as side,
    cast(claim_payment_id as varchar) as opens,
    payer_name,
    claim_id as reference,
    paid_amount as amount,
    known_on as day
from paid
where copy_number > 1 and copies_here = 1
union all
select
    'posting_line' as kind,
    cast(posting_line_id as varchar) as fact_id,
    'batch' as side,
    batch_id as opens,
    payer_name,
    coalesce(reference_number, batch_id) as reference,
    amount,
    known_on as day
from posted
where copy_number > 1
order by kind, amount desc, fact_id
