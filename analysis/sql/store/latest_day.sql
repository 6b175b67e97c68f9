-- The latest day that any loaded fact is of, or that files which came late count from: the day that reports are as of, unless one is chosen.
--
-- grain:   one row
-- key:     latest_day
-- params:  none
-- units:   a date; null where nothing is loaded
with days as (
    select max(posted_date) as known_on from bank_transaction
    union all
    select max(coalesce(posting_date, deposit_date)) as known_on from posting_line
    union all
    select max(coalesce(group_date, interchange_date, production_date, payment_date)) as known_on from remittance
    union all
    select max(extract_date) as known_on from account
    union all
    select max(transaction_date) as known_on from account_transaction
    union all
    select max(received_date) as known_on from receipt
    union all
    select max(known_from) as known_on from source_file
)

select max(known_on) as latest_day
from days
where known_on is not null
