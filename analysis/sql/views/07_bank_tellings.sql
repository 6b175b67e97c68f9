-- When each bank line is known, and whether its money counts: tests, deletions, corrections, interim days, overlaps, other
-- currencies do not, nor does an ACH entry whose account and day a bank statement or table tells.
--
-- grain:   one row per bank line known by the day
-- key:     bank_transaction_id
-- params:  none
-- units:   none; known_on is the day the line was posted, or that of a later correction; a file made
--          on the next morning is known by the end of the day before; what came after its day was closed, from the first open day
-- note:    of one account and day a later deletion (group status 2) or correction (3) voids what was sent before; a final
--          day (as-of modifier 2, 4 or none) supersedes the interim ones (1, 3); a line that another file has already told,
--          the same to the letter and as often, is an overlap, and so is a line of a table or of a lesser format where a
--          final statement tells its account and day, by amount and as often. Files are ordered by when the bank made them.
--          Accounts are the same whatever blanks, hyphens, case and leading zeros they are written with.
--          told_by_entry_id: the one ACH entry that tells the same money with its addenda (same trace within 3 business days;
--          else same account within 1). An ACH entry counts by itself only where no statement or table tells its account's day;
--          one to a person's account only where the account is known
--          as ours. A return bears the account of someone else: it counts unless a statement tells returns within a business day of it
create or replace view bank_tellings as
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
        ltrim(replace(replace(upper(statement.bank_account), '-', ''), ' ', ''), '0') as account_key,
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
        on earlier.account_key = later.account_key
        and earlier.as_of_date = later.as_of_date
        and earlier.is_interim = later.is_interim
        and earlier.sent_number < later.sent_number
        and later.group_status in ('2', '3')
    group by earlier.bank_statement_id
),

finals as (
    select distinct
        statements.account_key,
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
            when statements.is_interim and finals.account_key is not null then 'superseded by the final day'
        end as not_counted
    from statements
    left join voided on statements.bank_statement_id = voided.bank_statement_id
    left join finals
        on statements.account_key = finals.account_key
        and statements.as_of_date = finals.as_of_date
),

-- A table of bank lines tells no day of its own: it is known by the end of its last line's day.
table_days as (
    select line.file_id, max(line.posted_date) as last_day
    from bank_transaction as line
    left join ach_entry on line.bank_transaction_id = ach_entry.ach_entry_id
    where line.bank_statement_id is null and ach_entry.ach_entry_id is null
    group by line.file_id
),

-- Lines known by the day, with what their statement says of them; a line of a table has no statement.
lines as (
    select
        line.bank_transaction_id,
        line.file_id,
        line.place,
        ltrim(replace(replace(upper(line.bank_account), '-', ''), ' ', ''), '0') as account_key,
        line.row_key,
        line.occurrence,
        judged.sent_number,
        judged.not_counted,
        ach_entry.ach_entry_id is not null as is_entry,
        greatest(line.posted_date, coalesce(judged.known_on, table_days.last_day), source_file.known_from) as known_on
    from bank_transaction as line
    left join ach_entry on line.bank_transaction_id = ach_entry.ach_entry_id
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
            partition by lines.account_key, lines.row_key, lines.occurrence, lines.not_counted is null
            order by lines.sent_number nulls first, source_file.sha256, lines.place
        ) as copy_number
    from lines
    inner join repeated on lines.row_key = repeated.row_key and lines.occurrence = repeated.occurrence
    inner join source_file on lines.file_id = source_file.file_id
),

-- Lines of tables, and of other formats, of accounts and days that a final statement tells too: one by one they are the
-- lines of the format that tells most (BAI2, then camt, MT940, OFX, tables).
told_of_days as (
    select distinct statements.account_key, statements.as_of_date
    from statements
    inner join judged on statements.bank_statement_id = judged.bank_statement_id
    where judged.not_counted is null and not statements.is_interim
),

formats as (
    select
        file_id,
        case kind when 'bank_bai2' then 1 when 'bank_camt' then 2 when 'bank_mt940' then 3 when 'bank_ofx' then 4 else 5 end
            as rank_number
    from source_file
    where kind in ('bank_bai2', 'bank_camt', 'bank_mt940', 'bank_ofx', 'bank_csv')
),

paired as (
    select
        lines.bank_transaction_id,
        formats.rank_number,
        lines.account_key,
        line.posted_date,
        line.amount,
        row_number() over (
            partition by lines.account_key, line.posted_date, line.amount, formats.rank_number
            order by lines.row_key, lines.occurrence, lines.bank_transaction_id
        ) as place
    from lines
    inner join bank_transaction as line on lines.bank_transaction_id = line.bank_transaction_id
    inner join formats on line.file_id = formats.file_id
    inner join told_of_days
        on lines.account_key = told_of_days.account_key and line.posted_date = told_of_days.as_of_date
    left join placed on lines.bank_transaction_id = placed.bank_transaction_id
    where lines.not_counted is null
        and not lines.is_entry
        and coalesce(placed.copy_number, 1) = 1
        and exists (select 1 from formats where formats.rank_number > 1)
),

told_twice as (
    select distinct of_table.bank_transaction_id
    from paired as of_table
    inner join paired as of_statement
        on of_table.account_key = of_statement.account_key
        and of_table.posted_date = of_statement.posted_date
        and of_table.amount = of_statement.amount
        and of_table.place = of_statement.place
    where of_table.rank_number > of_statement.rank_number
),

-- ACH entries, and the lines of statements and tables that may tell the same money. Without an ACH file there are none.
entries as (
    select
        line.bank_transaction_id,
        lines.account_key,
        line.posted_date,
        bank_day.business_number as posted_number,
        line.amount,
        ach_entry.entry_kind = 'return' as is_return,
        ach_batch.sec_code in (
            'ARC', 'BOC', 'MTE', 'POP', 'POS', 'PPD', 'RCK', 'SHR', 'TEL', 'TRC', 'TRX', 'WEB', 'XCK'
        ) as is_of_person
    from ach_entry
    inner join ach_batch on ach_entry.ach_batch_id = ach_batch.ach_batch_id
    inner join bank_transaction as line on ach_entry.ach_entry_id = line.bank_transaction_id
    inner join lines on line.bank_transaction_id = lines.bank_transaction_id
    inner join bank_day on line.posted_date = bank_day.calendar_day
    left join placed on line.bank_transaction_id = placed.bank_transaction_id
    where coalesce(placed.copy_number, 1) = 1
),

statement_lines as (
    select
        line.bank_transaction_id,
        lines.account_key,
        line.posted_date,
        bank_day.business_number as posted_number,
        line.amount,
        line.line_kind in ('return', 'refund_return') as is_return
    from lines
    inner join bank_transaction as line on lines.bank_transaction_id = line.bank_transaction_id
    inner join bank_day on line.posted_date = bank_day.calendar_day
    left join placed on lines.bank_transaction_id = placed.bank_transaction_id
    left join told_twice on lines.bank_transaction_id = told_twice.bank_transaction_id
    where not lines.is_entry
        and lines.not_counted is null
        and coalesce(placed.copy_number, 1) = 1
        and told_twice.bank_transaction_id is null
        and exists (select 1 from ach_entry)
),

-- A statement that tells balances alone tells no money of the day.
statement_days as (
    select distinct account_key, posted_date
    from statement_lines
),

return_days as (
    select distinct posted_number
    from statement_lines
    where is_return
),

fitting as (
    select entries.bank_transaction_id as entry_id, told.bank_transaction_id as told_id, 0 as distance
    from entries
    inner join bank_trace as own on entries.bank_transaction_id = own.bank_transaction_id
    inner join bank_trace as other on own.trace_key = other.trace_key
    inner join statement_lines as told
        on other.bank_transaction_id = told.bank_transaction_id
        and entries.amount = told.amount
        and abs(entries.posted_number - told.posted_number) <= 3
    where own.found_in in ('trn_segment', 'trn_segment_unspaced', 'bank_reference') or entries.is_return
    union
    select
        entries.bank_transaction_id as entry_id,
        told.bank_transaction_id as told_id,
        1 + abs(entries.posted_number - told.posted_number) as distance
    from entries
    inner join statement_lines as told
        on entries.amount = told.amount
        and abs(entries.posted_number - told.posted_number) <= 1
        and ((entries.is_return and told.is_return) or entries.account_key = told.account_key)
),

nearest as (
    select entry_id, told_id, min(distance) as distance
    from fitting
    group by entry_id, told_id
),

ranked as (
    select
        entry_id,
        told_id,
        rank() over (partition by entry_id order by distance) as entry_rank,
        rank() over (partition by told_id order by distance) as told_rank
    from nearest
),

-- Only where no other entry and no other line fits as well is the entry taken for the line's own.
evidence as (
    select max(entry_id) as entry_id, told_id
    from ranked
    where entry_rank = 1
        and told_rank = 1
        and entry_id in (
            select one.entry_id from ranked as one where one.entry_rank = 1 group by one.entry_id having count(*) = 1
        )
    group by told_id
    having count(*) = 1
),

explained as (
    select
        entries.bank_transaction_id,
        case
            when entries.bank_transaction_id in (select nearest.entry_id from nearest) then 'told by the bank statement'
            when entries.is_return and (
                entries.posted_number in (select return_days.posted_number from return_days)
                or entries.posted_number - 1 in (select return_days.posted_number from return_days)
                or entries.posted_number + 1 in (select return_days.posted_number from return_days)
            ) then 'not on the bank statement of its day'
            when not entries.is_return and statement_days.account_key is not null then 'not on the bank statement of its day'
            when entries.is_of_person
                and not entries.is_return
                and entries.account_key not in (select statement_days.account_key from statement_days)
                then 'not to an account of ours'
        end as not_counted
    from entries
    left join statement_days
        on entries.account_key = statement_days.account_key and entries.posted_date = statement_days.posted_date
)

select
    lines.bank_transaction_id,
    lines.known_on,
    evidence.entry_id as told_by_entry_id,
    coalesce(
        lines.not_counted,
        case when placed.copy_number > 1 or told_twice.bank_transaction_id is not null then 'overlap with another file' end,
        explained.not_counted
    ) as not_counted
from lines
left join placed on lines.bank_transaction_id = placed.bank_transaction_id
left join told_twice on lines.bank_transaction_id = told_twice.bank_transaction_id
left join explained on lines.bank_transaction_id = explained.bank_transaction_id
left join evidence on lines.bank_transaction_id = evidence.told_id
