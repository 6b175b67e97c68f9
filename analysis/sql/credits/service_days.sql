-- The days of service of every account in credit, by its newest extract.
--
-- grain:   one row per account in credit
-- key:     account_number
-- params:  as_of (date): extracts of later days do not exist yet
-- units:   dates
select account_number, service_from, service_to
from credit_accounts
where extract_date <= $as_of
order by account_number
