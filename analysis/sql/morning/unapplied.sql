-- Money that batches posted on no patient's account, because nobody knows whose it is.
--
-- grain:   one row per posted line
-- key:     posting_line_id
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; a line that takes it off again is negative
select
    posting_line_id,
    batch_id,
    deposit_date as item_date,
    payer_name,
    reference_number as reference,
    account_number,
    amount,
    date_diff('day', deposit_date, $as_of) as age_days
from posting_lines
where transaction_type = 'UNAPPLIED' and known_on <= $as_of
order by item_date, posting_line_id
