-- Posting batches that the rules may take, copied for a run.
--
-- grain:   a statement, a working table made
-- key:     none
-- params:  as_of (date): later facts are not yet known
-- units:   US dollars
create temp table open_batches as
select
    batch_id,
    file_id,
    known_on,
    batch_type,
    control_total,
    posted_total,
    deposit_date,
    deposit_number,
    bank_account,
    payer_name
from open_batches
where known_on <= $as_of
