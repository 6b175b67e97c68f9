-- Every posted line of the newest telling of its batch.
--
-- grain:   one row per line of a posting batch
-- key:     posting_line_id
-- params:  none
-- units:   US dollars; known_on is the posting date, else the deposit date, or the first open day when it came after that
--          one was closed
-- note:    a batch that comes again in a later file replaces the earlier telling whole
create or replace view posting_lines as
with newest as (
    select posting_line.batch_id, max(posting_line.file_id) as file_id
    from posting_line
    inner join source_file on posting_line.file_id = source_file.file_id
    inner join reporting_day
        on greatest(coalesce(posting_line.posting_date, posting_line.deposit_date), source_file.known_from) <= reporting_day.day
    group by posting_line.batch_id
)

select
    line.posting_line_id,
    line.file_id,
    source_file.file_name,
    line.place,
    line.batch_id,
    line.batch_type,
    line.deposit_date,
    line.posting_date,
    greatest(coalesce(line.posting_date, line.deposit_date), source_file.known_from) as known_on,
    line.payer_name,
    line.control_total,
    line.line_number,
    line.account_number,
    line.reference_number,
    line.reference_key,
    line.transaction_type,
    line.amount,
    line.posted_by,
    line.bank_account
from posting_line as line
inner join newest on line.batch_id = newest.batch_id and line.file_id = newest.file_id
inner join source_file on line.file_id = source_file.file_id
inner join reporting_day
    on greatest(coalesce(line.posting_date, line.deposit_date), source_file.known_from) <= reporting_day.day
