-- How much of a file's posting batches another file has told before.
--
-- grain:   one row
-- key:     batch_count
-- params:  file_id (integer)
-- example: file_id=1
-- units:   counts; US dollars of the lines that are replaced
select
    count(distinct earlier.batch_id) as batch_count,
    count(*) as line_count,
    coalesce(sum(earlier.amount), 0)::decimal(18, 2) as amount
from posting_line as earlier
where earlier.file_id <> $file_id
    and earlier.batch_id in (
        select line.batch_id
        from posting_line as line
        where line.file_id = $file_id
    )
