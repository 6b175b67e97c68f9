-- Every account in credit on a day, aged from the day it went negative and stayed so.
--
-- grain:   one row per account in credit
-- key:     account_number
-- params:  as_of (date): extracts and ledger entries of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars, the credit positive; age in calendar days
-- note:    the day comes from the ledger where its entries add up to the balance, else from the extract's credit_date, else
--          its last payment, else the day of the extract; aged_from says which
with daily as (
    select
        entry.account_number,
        entry.transaction_date,
        sum(entry.amount) as amount
    from account_transactions as entry
    inner join credit_accounts as account on entry.account_number = account.account_number
    where entry.transaction_date <= account.ledger_until
    group by entry.account_number, entry.transaction_date
),

running as (
    select
        account_number,
        transaction_date,
        sum(amount) over (partition by account_number order by transaction_date) as balance
    from daily
),

positive as (
    select account_number, max(transaction_date) as last_positive_date
    from running
    where balance >= 0
    group by account_number
),

ledger as (
    select
        running.account_number,
        min(
            case
                when running.balance < 0
                    and (positive.last_positive_date is null or running.transaction_date > positive.last_positive_date)
                    then running.transaction_date
            end
        ) as credit_date
    from running
    left join positive on running.account_number = positive.account_number
    group by running.account_number
),

ledger_total as (
    select account_number, sum(amount)::decimal(18, 2) as balance
    from daily
    group by account_number
),

aged as (
    select
        account.account_id,
        account.account_number,
        account.patient_name,
        account.financial_class,
        account.primary_payer_name,
        account.secondary_payer_name,
        account.facility,
        account.state,
        account.balance,
        case
            when ledger_total.balance = account.balance then ledger.credit_date
            else coalesce(account.credit_date, account.last_payment_date, account.extract_date)
        end as credit_date,
        case
            when ledger_total.balance = account.balance then 'ledger'
            when account.credit_date is not null then 'extract'
            when account.last_payment_date is not null then 'last payment'
            else 'day of the extract'
        end as aged_from
    from credit_accounts as account
    left join ledger on account.account_number = ledger.account_number
    left join ledger_total on account.account_number = ledger_total.account_number
)

select
    account_number,
    patient_name,
    financial_class,
    primary_payer_name as payer_name,
    (-balance)::decimal(18, 2) as credit_balance,
    credit_date,
    date_diff('day', credit_date, $as_of) as age_days,
    case
        when date_diff('day', credit_date, $as_of) <= 30 then '0-30'
        when date_diff('day', credit_date, $as_of) <= 60 then '31-60'
        when date_diff('day', credit_date, $as_of) <= 90 then '61-90'
        when date_diff('day', credit_date, $as_of) <= 120 then '91-120'
        when date_diff('day', credit_date, $as_of) <= 180 then '121-180'
        when date_diff('day', credit_date, $as_of) <= 365 then '181-365'
        else '365+'
    end as aging_bucket,
    aged_from,
    secondary_payer_name,
    facility,
    state,
    account_id
from aged
order by credit_balance desc, account_number
