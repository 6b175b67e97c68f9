-- Every account in credit by its newest extract.
--
-- grain:   one row per account in credit
-- key:     account_number
-- params:  none
-- units:   US dollars, the balance negative; account_key is the number as it is compared: upper case, no zeros before it
-- note:    ledger_until: the day up to which the ledger is read for the balance: that of the extract; all of it where the file
--          does not say its day
create or replace view credit_accounts as
with known as (
    select
        account.account_id,
        reporting_day.day as reporting_day,
        row_number() over (partition by account.account_number order by account.extract_date desc) as newness
    from accounts as account
    inner join reporting_day on account.extract_date <= reporting_day.day
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
    case when account.is_dated then account.extract_date else known.reporting_day end as ledger_until
from accounts as account
inner join known on account.account_id = known.account_id and known.newness = 1
where account.balance < 0
