-- One batch keyed by hand, as it stands now.
--
-- grain:   one row, or none
-- key:     keyed_batch_id
-- params:  keyed_batch_id (integer)
-- example: keyed_batch_id = 1
-- units:   US dollars; times in UTC
select
    keyed_batch_id,
    version,
    batch_id,
    status,
    batch_type,
    received_date,
    deposit_date,
    bank_account,
    payer_name,
    control_total,
    control_count,
    line_total,
    line_count,
    difference_amount,
    keyed_by,
    keyed_at,
    ended_by,
    ended_at
from keyed_batches
where keyed_batch_id = $keyed_batch_id
