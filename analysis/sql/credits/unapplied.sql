-- Cash that is posted as unapplied on an account in credit, or on another account of the same patient.
--
-- grain:   one row per account in credit with unapplied cash
-- key:     account_number
-- params:  as_of (date): later postings do not exist yet
--          account_number (text): only this account's; null for all
-- example: account_number = null
-- units:   US dollars; what was applied since is taken off
with of_patient as (
    select account_number, account_key
    from credit_accounts
    union
    select
        credit.account_number,
        ltrim(upper(account.account_number), '0') as account_key
    from credit_accounts as credit
    inner join account_patients as patient on credit.account_id = patient.account_id
    inner join account_patients as other on patient.patient_key = other.patient_key
    inner join accounts as account on other.account_id = account.account_id
    where account.extract_date <= $as_of
)

select
    of_patient.account_number,
    sum(line.amount)::decimal(18, 2) as unapplied_amount
from of_patient
inner join posting_lines as line on of_patient.account_key = ltrim(upper(line.account_number), '0')
inner join posting_batches as batch on line.batch_id = batch.batch_id
where line.transaction_type = 'UNAPPLIED' and batch.known_on <= $as_of
    and ($account_number is null or of_patient.account_number = $account_number)
group by of_patient.account_number
having sum(line.amount) <> 0
order by of_patient.account_number
