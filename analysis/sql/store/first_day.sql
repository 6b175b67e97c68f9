-- The first day that a loaded bank line, remittance, posting batch or extract of accounts is of.
--
-- grain:   one row
-- key:     first_day
-- params:  none
-- units:   a date; null where none is loaded
with days as (
    select min(posted_date) as known_on from bank_transaction
    union all
    select min(coalesce(posting_date, deposit_date)) as known_on from posting_line
    union all
    select min(coalesce(group_date, interchange_date, production_date, payment_date)) as known_on from remittance
    union all
    select min(extract_date) as known_on from account
)

select min(known_on) as first_day
from days
