-- Every extract of every account.
--
-- grain:   one row per account and extract day (the last file of a day holds)
-- key:     account_number, extract_date
-- params:  none
-- units:   US dollars; a credit balance is negative
create or replace view accounts as
with ranked as (
    select
        account_id,
        row_number() over (partition by account_number, extract_date order by file_id desc, place desc) as newness
    from account
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
