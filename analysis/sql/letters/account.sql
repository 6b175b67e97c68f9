-- What a letter to a patient says of an account: its ledger summed up, and its newest extract.
--
-- grain:   one row, or none
-- key:     account_number
-- params:  account_number (text)
--          as_of (date): entries and extracts of later days do not exist yet
-- example: account_number = '0048210101'
-- units:   US dollars as a patient reads them: what was paid or adjusted is positive where it lessened the balance
with extracts as (
    select
        account_number,
        patient_name,
        service_from,
        service_to,
        balance,
        row_number() over (partition by account_number order by extract_date desc) as newness
    from accounts
    where account_number = $account_number and extract_date <= $as_of
),

summed as (
    select
        account_number,
        sum(case when type = 'CHARGE' then amount else 0 end)::decimal(18, 2) as charges,
        (-sum(case when type = 'PAYMENT' and coalesce(source, '') <> 'PATIENT' then amount else 0 end))::decimal(18, 2)
            as insurers_paid,
        (-sum(case when type in ('ADJUSTMENT', 'TRANSFER') then amount else 0 end))::decimal(18, 2) as adjustments,
        (-sum(case when type = 'PAYMENT' and source = 'PATIENT' then amount else 0 end))::decimal(18, 2) as patient_paid,
        sum(case when type = 'REFUND' then amount else 0 end)::decimal(18, 2) as refunded,
        sum(amount)::decimal(18, 2) as ledger_total
    from account_transactions
    where account_number = $account_number and transaction_date <= $as_of
    group by account_number
)

select
    extracts.account_number,
    extracts.patient_name,
    extracts.service_from,
    extracts.service_to,
    extracts.balance,
    summed.charges,
    summed.insurers_paid,
    summed.adjustments,
    summed.patient_paid,
    summed.refunded,
    summed.ledger_total
from extracts
left join summed on extracts.account_number = summed.account_number
where extracts.newness = 1
