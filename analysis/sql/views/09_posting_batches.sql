-- Every posting batch, with what its lines add up to.
--
-- grain:   one row per batch
-- key:     batch_id
-- params:  none
-- units:   US dollars
create or replace view posting_batches as
select
    batch_id,
    min(file_id) as file_id,
    min(file_name) as file_name,
    min(place) as place,
    min(batch_type) as batch_type,
    min(deposit_date) as deposit_date,
    min(known_on) as known_on,
    min(payer_name) as payer_name,
    min(bank_account) as bank_account,
    min(posted_by) as posted_by,
    min(control_total)::decimal(18, 2) as control_total,
    sum(amount)::decimal(18, 2) as posted_total,
    count(*) as line_count
from posting_lines
group by batch_id
