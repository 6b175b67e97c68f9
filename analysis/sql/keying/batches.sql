-- The batches keyed by hand, the newest first.
--
-- grain:   one row per keyed batch
-- key:     keyed_batch_id
-- params:  status (text): only those that stand so, null for all
--          keyed_batch_id (integer): only that one, null for all
-- example: status = 'open', keyed_batch_id = null
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
where status = coalesce(cast($status as varchar), status)
    and keyed_batch_id = coalesce(cast($keyed_batch_id as bigint), keyed_batch_id)
order by keyed_batch_id desc
