-- One refund as it stands now.
--
-- grain:   one row, or none
-- key:     refund_id
-- params:  refund_id (integer)
-- example: refund_id = 1
-- units:   US dollars
select
    refund_id,
    version,
    account_number,
    payee_type,
    payee_name,
    payee_address,
    amount,
    reason,
    requested_by,
    approved_by,
    status,
    export_id,
    exported_on,
    cheque_date
from refunds
where refund_id = $refund_id
