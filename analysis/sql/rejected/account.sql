-- Whether an account of that number is known.
--
-- grain:   one row per account number
-- key:     account_number
-- params:  account_number (text)
-- example: account_number='0'
-- units:   none
select distinct account_number
from accounts
where ltrim(upper(account_number), '0') = ltrim(upper($account_number), '0')
