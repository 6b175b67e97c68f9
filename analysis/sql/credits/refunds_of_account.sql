-- The refunds of one account as they stand now.
--
-- grain:   one row per refund
-- key:     refund_id
-- params:  account_number (text)
-- example: account_number = 'CHE1044030'
-- units:   US dollars
select refund_id, payee_type, payee_name, amount, status, requested_on, is_live
from refunds
where account_number = $account_number
order by refund_id
