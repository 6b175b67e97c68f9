-- The number of the account that a row of an extract is of.
--
-- grain:   one row, or none
-- key:     account_number
-- params:  account_id (integer)
-- example: account_id=1
-- units:   none
select account_number
from accounts
where account_id = $account_id
