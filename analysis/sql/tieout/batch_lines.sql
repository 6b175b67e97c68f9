-- The posted lines of one batch, or of all.
--
-- grain:   one row per posted line
-- key:     posting_line_id
-- params:  as_of (date): later tellings of a batch do not exist yet; batch_id (text, null for all)
-- example: as_of=2026-11-13, batch_id=null
-- units:   US dollars
select
    posting_line_id,
    batch_id,
    line_number,
    account_number,
    reference_number,
    transaction_type,
    amount,
    posted_by,
    payer_name,
    file_name,
    file_id,
    place
from posting_lines
where known_on <= $as_of and (cast($batch_id as varchar) is null or batch_id = $batch_id)
order by batch_id, line_number, place
