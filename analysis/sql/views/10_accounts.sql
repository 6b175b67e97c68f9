-- Every extract of every account.
--
-- grain:   one row per account and extract day (the last file of a day holds)
-- key:     account_number, extract_date
-- params:  none
-- units:   US dollars; a credit balance is negative
-- note:    a file that came after a day was closed is not seen as of that day
create or replace view accounts as
with ranked as (
    select
        account.account_id,
        row_number() over (
            partition by account.account_number, account.extract_date order by account.file_id desc, account.place desc
        ) as newness
    from account
    inner join source_file on account.file_id = source_file.file_id
    inner join reporting_day on coalesce(source_file.known_from, reporting_day.day) <= reporting_day.day
)

select
    account.account_id,
    account.file_id,
    account.place,
    account.account_number,
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
    account.state
from account
inner join ranked on account.account_id = ranked.account_id and ranked.newness = 1
