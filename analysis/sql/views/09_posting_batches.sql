-- Every posting batch, with what its lines add up to.
--
-- grain:   one row per batch
-- key:     batch_id
-- params:  none
-- units:   US dollars
-- note:    what lines of a batch tell differently of it is as its first line tells it
create or replace view posting_batches as
with summed as (
    select
        batch_id,
        min(place) as place,
        sum(amount)::decimal(18, 2) as posted_total,
        count(*) as line_count
    from posting_lines
    group by batch_id
)

select
    summed.batch_id,
    line.file_id,
    line.file_name,
    line.place,
    line.batch_type,
    line.deposit_date,
    line.known_on,
    line.payer_name,
    line.bank_account,
    line.posted_by,
    line.control_total,
    summed.posted_total,
    summed.line_count
from summed
inner join posting_lines as line on summed.batch_id = line.batch_id and summed.place = line.place
