-- Every bank line, with whether its money counts: tests, deletions, corrections, interim days, overlaps and other currencies do not.
--
-- grain:   one row per bank line as it came; count money where not_counted is null
-- key:     bank_transaction_id
-- params:  none
-- units:   US dollars, money in positive; known_on is the day the line was posted, or that of a later correction; a file made
--          on the next morning is known by the end of the day before; what came after its day was closed, from the first open day
-- note:    of one account and day a later deletion (group status 2) or correction (3) voids what was sent before; a final
--          day (as-of modifier 2, 4 or none) supersedes the interim ones (1, 3); a line that another file has already told,
--          the same to the letter and as often, is an overlap, and so is a line of a table where a final statement tells its
--          account and day, by amount and as often. Files are ordered by when the bank made them
create or replace view bank_transactions as
with told as (
    select
        statement.bank_statement_id,
        greatest(statement.as_of_date, day_before.business_day, source_file.known_from) as known_on
    from bank_statement as statement
    inner join source_file on statement.file_id = source_file.file_id
    left join bank_day as eve
        on statement.file_created_date > statement.as_of_date
        and eve.calendar_day = cast(statement.file_created_date - interval 1 day as date)
    left join (
        select business_number, min(calendar_day) as business_day
        from bank_day
        group by business_number
    ) as day_before on eve.business_number = day_before.business_number
),

statements as (
    select
        statement.bank_statement_id,
        told.known_on,
        statement.bank_account,
        statement.as_of_date,
        statement.currency,
        coalesce(statement.group_status, '1') as group_status,
        coalesce(statement.as_of_modifier, '2') in ('1', '3') as is_interim,
        row_number() over (
            order by
                statement.file_created_date nulls first,
                statement.file_created_time nulls first,
                statement.file_identification nulls first,
                source_file.sha256,
                statement.place
        ) as sent_number
    from bank_statement as statement
    inner join told on statement.bank_statement_id = told.bank_statement_id
    inner join reporting_day on coalesce(told.known_on, reporting_day.day) <= reporting_day.day
    inner join source_file on statement.file_id = source_file.file_id
),

voided as (
    select distinct
        earlier.bank_statement_id,
        max(later.group_status) as later_status
    from statements as earlier
    inner join statements as later
        on earlier.bank_account = later.bank_account
        and earlier.as_of_date = later.as_of_date
        and earlier.is_interim = later.is_interim
        and earlier.sent_number < later.sent_number
        and later.group_status in ('2', '3')
    group by earlier.bank_statement_id
),

finals as (
    select distinct
        statements.bank_account,
        statements.as_of_date
    from statements
    left join voided on statements.bank_statement_id = voided.bank_statement_id
    where not statements.is_interim
        and statements.group_status in ('1', '3')
        and voided.bank_statement_id is null
),

judged as (
    select
        statements.bank_statement_id,
        statements.sent_number,
        statements.known_on,
        case
            when statements.group_status = '4' then 'test group'
            when coalesce(statements.currency, 'USD') not in ('USD', '') then 'not in US dollars'
            when statements.group_status = '2' then 'deletion group'
            when voided.later_status = '2' then 'deleted by the bank'
            when voided.later_status = '3' then 'corrected by the bank'
            when statements.is_interim and finals.bank_account is not null then 'superseded by the final day'
        end as not_counted
    from statements
    left join voided on statements.bank_statement_id = voided.bank_statement_id
    left join finals
        on statements.bank_account = finals.bank_account
        and statements.as_of_date = finals.as_of_date
),

-- A table of bank lines tells no day of its own: it is known by the end of its last line's day.
table_days as (
    select file_id, max(posted_date) as last_day
    from bank_transaction
    where bank_statement_id is null
    group by file_id
),

-- Lines known by the day, with what their statement says of them; a line of a table has no statement.
lines as (
    select
        line.bank_transaction_id,
        line.file_id,
        line.place,
        line.bank_account,
        line.row_key,
        line.occurrence,
        judged.sent_number,
        judged.not_counted,
        greatest(line.posted_date, coalesce(judged.known_on, table_days.last_day), source_file.known_from) as known_on
    from bank_transaction as line
    left join judged on line.bank_statement_id = judged.bank_statement_id
    left join table_days on line.bank_statement_id is null and line.file_id = table_days.file_id
    inner join source_file on line.file_id = source_file.file_id
    inner join reporting_day
        on greatest(line.posted_date, coalesce(judged.known_on, table_days.last_day), source_file.known_from)
        <= reporting_day.day
    where line.bank_statement_id is null or judged.bank_statement_id is not null
),

-- Only lines that come twice can be overlaps: the window looks at these alone.
repeated as (
    select row_key, occurrence
    from lines
    group by row_key, occurrence
    having count(*) > 1
),

placed as (
    select
        lines.bank_transaction_id,
        row_number() over (
            partition by lines.bank_account, lines.row_key, lines.occurrence, lines.not_counted is null
            order by lines.sent_number nulls first, source_file.sha256, lines.place
        ) as copy_number
    from lines
    inner join repeated on lines.row_key = repeated.row_key and lines.occurrence = repeated.occurrence
    inner join source_file on lines.file_id = source_file.file_id
),

-- Lines of tables, of accounts and days that a final statement tells too: one by one they are the statement's lines.
told_of_days as (
    select distinct statements.bank_account, statements.as_of_date
    from statements
    inner join judged on statements.bank_statement_id = judged.bank_statement_id
    where judged.not_counted is null and not statements.is_interim
),

paired as (
    select
        lines.bank_transaction_id,
        line.bank_statement_id is null as is_of_table,
        line.bank_account,
        line.posted_date,
        line.amount,
        row_number() over (
            partition by line.bank_account, line.posted_date, line.amount, line.bank_statement_id is null
            order by lines.row_key, lines.occurrence, lines.bank_transaction_id
        ) as place
    from lines
    inner join bank_transaction as line on lines.bank_transaction_id = line.bank_transaction_id
    inner join told_of_days
        on line.bank_account = told_of_days.bank_account and line.posted_date = told_of_days.as_of_date
    left join placed on lines.bank_transaction_id = placed.bank_transaction_id
    where lines.not_counted is null
        and coalesce(placed.copy_number, 1) = 1
        and exists (select 1 from table_days)
),

told_twice as (
    select of_table.bank_transaction_id
    from paired as of_table
    inner join paired as of_statement
        on of_table.bank_account = of_statement.bank_account
        and of_table.posted_date = of_statement.posted_date
        and of_table.amount = of_statement.amount
        and of_table.place = of_statement.place
    where of_table.is_of_table and not of_statement.is_of_table
)

select
    line.bank_transaction_id,
    line.file_id,
    source_file.file_name,
    line.place,
    line.last_place,
    line.bank_account,
    line.posted_date,
    lines.known_on,
    line.value_date,
    line.type_code,
    line.line_kind,
    line.amount,
    line.funds_type,
    line.bank_reference,
    line.customer_reference,
    line.description,
    line.company_name,
    line.company_id,
    line.item_count,
    coalesce(
        lines.not_counted,
        case when placed.copy_number > 1 or told_twice.bank_transaction_id is not null then 'overlap with another file' end
    ) as not_counted
from lines
inner join bank_transaction as line on lines.bank_transaction_id = line.bank_transaction_id
left join placed on lines.bank_transaction_id = placed.bank_transaction_id
left join told_twice on lines.bank_transaction_id = told_twice.bank_transaction_id
inner join source_file on lines.file_id = source_file.file_id
