-- Every extract of every account.
--
-- grain:   one row per account and extract day (the last file of a day holds)
-- key:     account_number, extract_date
-- params:  none
-- units:   US dollars; a credit balance is negative
-- note:    a file that came after a day was closed is not seen as of that day; is_dated: the file says its day, else
--          extract_date is what extract_days takes for it
create or replace view accounts as
with dated as (
    select
        account.account_id,
        account.account_number,
        account.file_id,
        account.place,
        case when extract_days.is_assumed then extract_days.day else account.extract_date end as extract_date,
        not extract_days.is_assumed as is_dated
    from account
    inner join extract_days on account.file_id = extract_days.file_id
),

ranked as (
    select
        dated.account_id,
        dated.extract_date,
        dated.is_dated,
        row_number() over (
            partition by dated.account_number, dated.extract_date order by dated.file_id desc, dated.place desc
        ) as newness
    from dated
    inner join source_file on dated.file_id = source_file.file_id
    inner join reporting_day on coalesce(source_file.known_from, reporting_day.day) <= reporting_day.day
)

select
    account.account_id,
    account.file_id,
    account.place,
    account.account_number,
    ranked.extract_date,
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
    ranked.is_dated
from account
inner join ranked on account.account_id = ranked.account_id and ranked.newness = 1
