-- Every account number that any extract or ledger knows, with the row that its page opens by.
--
-- grain:   one row per account number
-- key:     account_number
-- params:  none
-- units:   US dollars of the newest balance known on the day; account_id is null where only the ledger knows the account
create or replace view known_accounts as
with newest as (
    select account.account_number, max(account.extract_date) as extract_date
    from account
    inner join reporting_day on account.extract_date <= reporting_day.day
    group by account.account_number
),

extracted as (
    select account.account_number, max(account.account_id) as account_id
    from account
    inner join newest
        on account.account_number = newest.account_number and account.extract_date = newest.extract_date
    group by account.account_number
),

ledgers as (
    select
        entry.account_number,
        min(entry.account_transaction_id) as first_id,
        min(entry.transaction_date) as first_day
    from account_transaction as entry
    inner join reporting_day on entry.transaction_date <= reporting_day.day
    group by entry.account_number
)

select
    account.account_number,
    account.account_id,
    account.extract_date as known_on,
    account.patient_name,
    account.primary_payer_name,
    account.balance,
    account.file_id,
    account.place
from extracted
inner join account on extracted.account_id = account.account_id
union all
select
    ledgers.account_number,
    cast(null as bigint) as account_id,
    ledgers.first_day as known_on,
    cast(null as varchar) as patient_name,
    cast(null as varchar) as primary_payer_name,
    cast(null as decimal(18, 2)) as balance,
    entry.file_id,
    entry.place
from ledgers
inner join account_transaction as entry on ledgers.first_id = entry.account_transaction_id
left join extracted on ledgers.account_number = extracted.account_number
where extracted.account_number is null
