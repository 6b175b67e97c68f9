-- For batches that name remittances: provider adjustments remitted by code, beside what was posted of them.
--
-- grain:   one row per batch and provider adjustment, and per batch and line that posts one
-- key:     batch_id, is_posted, file_id, place, position
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars as cash: an adjustment that reduces the payment is negative on both sides
select
    batch_id,
    false as is_posted,
    reason_code,
    amount,
    file_id,
    place,
    position,
    remittance_id,
    cast(null as bigint) as posting_line_id,
    cast(null as integer) as line_number
from batch_adjustments
union all
select
    line.batch_id,
    true as is_posted,
    cast(null as varchar) as reason_code,
    line.amount,
    line.file_id,
    line.place,
    1 as position,
    cast(null as bigint) as remittance_id,
    line.posting_line_id,
    line.line_number
from posting_lines as line
where line.transaction_type = 'PROVIDER_ADJUSTMENT'
    and line.known_on <= $as_of
    and line.batch_id in (select pair.fact_id from tied_pairs as pair where pair.side = 'batch' and pair.other_side = 'remittance')
order by batch_id, is_posted, file_id, place, position
