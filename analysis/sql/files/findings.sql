-- Every finding about the files known by a day.
--
-- grain:   one row per finding
-- key:     file_id, finding_number
-- params:  as_of (date): files of later days are not yet known
-- example: as_of=2026-11-13
-- units:   US dollars the finding is about
-- note:    a file is known from the day of its newest fact on, or from the first open day where that one was closed; a file
--          without any dated fact is known always
with told as (
    select file_id, max(posted_date) as day
    from bank_transaction
    group by file_id
    union all
    select file_id, max(as_of_date) as day
    from bank_statement
    group by file_id
    union all
    select file_id, max(coalesce(posting_date, deposit_date)) as day
    from posting_line
    group by file_id
    union all
    select file_id, max(coalesce(group_date, interchange_date, production_date, payment_date)) as day
    from remittance
    group by file_id
    union all
    select file_id, max(extract_date) as day
    from account
    group by file_id
    union all
    select file_id, max(transaction_date) as day
    from account_transaction
    group by file_id
    union all
    select file_id, max(received_date) as day
    from receipt
    group by file_id
),

days as (
    select file_id, max(day) as day
    from told
    group by file_id
)

select
    source_file.file_name as file,
    source_file.kind,
    file_finding.severity,
    file_finding.code,
    file_finding.location,
    file_finding.message,
    file_finding.amount,
    file_finding.file_id,
    file_finding.finding_number
from file_finding
inner join source_file on file_finding.file_id = source_file.file_id
left join days on source_file.file_id = days.file_id
where coalesce(greatest(days.day, source_file.known_from), $as_of) <= $as_of
order by file_finding.file_id, file_finding.finding_number
