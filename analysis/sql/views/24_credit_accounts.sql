-- Every account in credit by its newest extract.
--
-- grain:   one row per account in credit
-- key:     account_number
-- params:  none
-- units:   US dollars, the balance negative; account_key is the number as it is compared: upper case, no zeros before it
-- note:    ledger_until: the day up to which the ledger is read for the balance: that of the extract; where the file says no
--          day, the last on which the ledger adds up to the balance, else all of it
create or replace view credit_accounts as
with known as (
    select
        account.account_id,
        row_number() over (partition by account.account_number order by account.extract_date desc) as newness
    from accounts as account
    inner join reporting_day on account.extract_date <= reporting_day.day
),

undated as (
    select account.account_number, account.balance
    from accounts as account
    inner join known on account.account_id = known.account_id and known.newness = 1
    where account.balance < 0 and not account.is_dated
),

running as (
    select
        entry.account_number,
        entry.transaction_date,
        sum(sum(entry.amount)) over (
            partition by entry.account_number order by entry.transaction_date
        ) as balance
    from account_transactions as entry
    inner join undated on entry.account_number = undated.account_number
    inner join reporting_day on entry.transaction_date <= reporting_day.day
    group by entry.account_number, entry.transaction_date
),

adding_up as (
    select undated.account_number, max(running.transaction_date) as day
    from undated
    inner join running on undated.account_number = running.account_number and undated.balance = running.balance
    group by undated.account_number
)

select
    account.account_id,
    account.account_number,
    ltrim(upper(account.account_number), '0') as account_key,
    account.extract_date,
    account.patient_name,
    account.date_of_birth,
    account.facility,
    account.financial_class,
    account.primary_payer_name,
    account.secondary_payer_name,
    account.service_from,
    account.service_to,
    account.total_charges,
    account.balance,
    account.credit_date,
    account.last_payment_date,
    account.state,
    case
        when account.is_dated then account.extract_date
        else coalesce(adding_up.day, reporting_day.day)
    end as ledger_until
from accounts as account
inner join known on account.account_id = known.account_id and known.newness = 1
cross join reporting_day
left join adding_up on account.account_number = adding_up.account_number
where account.balance < 0
