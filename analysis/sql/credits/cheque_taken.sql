-- The refunds that a cheque of that number pays, those that ended otherwise left out.
--
-- grain:   one row per refund
-- key:     refund_id
-- params:  cheque_number (text)
-- example: cheque_number = '4411'
-- units:   none
select refund_id
from refunds
where cheque_number = $cheque_number
    and status not in ('returned', 'voided')
order by refund_id
