-- The open accounts that money on an account in credit may belong to: those of the same patient, and those of its payer that
-- are open by exactly the credit or one of its payments, where these are three at most.
--
-- grain:   one row per account in credit and other open account
-- key:     account_number, other_number
-- params:  as_of (date): extracts of later days do not exist yet
--          account_number (text): only this account's; null for all
-- example: account_number = null
-- units:   US dollars that the other account is open by; a patient is known by name and date of birth
with known as (
    select
        account_id,
        row_number() over (partition by account_number order by extract_date desc) as newness
    from accounts
    where extract_date <= $as_of
),

open_accounts as (
    select
        account.account_id,
        account.account_number,
        patient.patient_key,
        account.facility,
        account.primary_payer_name,
        account.balance
    from accounts as account
    inner join known on account.account_id = known.account_id and known.newness = 1
    left join account_patients as patient on account.account_id = patient.account_id
    where account.balance > 0
),

sizes as (
    select account_number, primary_payer_name, -balance as size_amount
    from credit_accounts
    union
    select account.account_number, account.primary_payer_name, -entry.amount as size_amount
    from credit_accounts as account
    inner join account_transactions as entry on account.account_number = entry.account_number
    where entry.type = 'PAYMENT' and entry.amount < 0 and entry.transaction_date <= least(account.ledger_until, $as_of)
),

found as (
    select
        account.account_number,
        other.account_id as other_id,
        true as is_same_patient
    from credit_accounts as account
    inner join account_patients as patient on account.account_id = patient.account_id
    inner join open_accounts as other
        on patient.patient_key = other.patient_key
        and account.account_number <> other.account_number
    union all
    select
        sizes.account_number,
        other.account_id as other_id,
        false as is_same_patient
    from sizes
    inner join open_accounts as other
        on sizes.primary_payer_name = other.primary_payer_name
        and sizes.size_amount = other.balance
        and sizes.account_number <> other.account_number
),

grouped as (
    select account_number, other_id, bool_or(is_same_patient) as is_same_patient
    from found
    where $account_number is null or account_number = $account_number
    group by account_number, other_id
),

counted as (
    select
        account_number,
        other_id,
        is_same_patient,
        count(*) over (partition by account_number, is_same_patient) as alike_count
    from grouped
)

select
    counted.account_number,
    other.account_number as other_number,
    counted.is_same_patient,
    other.balance,
    other.primary_payer_name as payer_name,
    other.facility,
    other.account_id as other_id
from counted
inner join open_accounts as other on counted.other_id = other.account_id
where counted.is_same_patient or counted.alike_count <= 3
order by counted.account_number, counted.is_same_patient desc, other.account_number
