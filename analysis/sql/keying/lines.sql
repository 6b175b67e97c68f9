-- The lines of a keyed batch in their order, void ones too.
--
-- grain:   one row per line
-- key:     line_number
-- params:  keyed_batch_id (integer)
-- example: keyed_batch_id = 1
-- units:   US dollars
select
    line_number,
    version,
    receipt_id,
    payment_method,
    amount,
    payer_name,
    account_number,
    routing_number,
    check_account,
    check_number,
    check_date,
    micr_line,
    written_amount,
    payee_name,
    memo,
    is_void,
    claim_total,
    claim_count,
    keyed_by
from keyed_lines
where keyed_batch_id = $keyed_batch_id
order by line_number
