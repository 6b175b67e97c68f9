-- On which days each source came: payers' remittances, bank accounts' days, posting batches.
--
-- grain:   one row per source and day
-- key:     source_type, source_id, day
-- params:  as_of (date): what became known later does not exist yet; since (date): earlier days are left out
-- example: as_of=2026-11-13, since=2026-05-01
-- units:   counts of remittances, statements or batches; US dollars, money in positive; none of what names another currency
-- note:    a bank account's day is the day its statement is of, also without lines, known when its file was made; a table of
--          bank lines has no statement: its day is the last it tells of, first_told and last_told the days from its first line
--          to its last
with payers as (
    select
        'payer' as source_type,
        payer_key as source_id,
        max(payer_name) as source_name,
        known_on as day,
        count(*) as item_count,
        sum(case when duplicate_of is null and currency = 'USD' then payment_amount end) as amount,
        cast(null as date) as first_told,
        cast(null as date) as last_told
    from remittances
    where payer_key is not null and known_on between $since and $as_of
    group by payer_key, known_on
),

statements as (
    select
        statement.bank_account,
        statement.as_of_date as day,
        count(*) as item_count
    from bank_statement as statement
    inner join source_file on statement.file_id = source_file.file_id
    inner join bank_day as asked on asked.calendar_day = $as_of
    left join bank_day as eve on eve.calendar_day = cast(statement.file_created_date - interval 1 day as date)
    where coalesce(eve.business_number, asked.business_number) <= asked.business_number
        and coalesce(source_file.known_from, $as_of) <= $as_of
        and coalesce(statement.group_status, '1') in ('1', '3')
        and coalesce(statement.as_of_modifier, '2') not in ('1', '3')
        and statement.as_of_date between $since and $as_of
    group by statement.bank_account, statement.as_of_date
),

bank_money as (
    select bank_account, posted_date as day, sum(amount) as amount
    from bank_transactions
    where not_counted is null and known_on <= $as_of
    group by bank_account, posted_date
),

table_files as (
    select
        line.bank_account,
        line.file_id,
        min(line.posted_date) as first_told,
        max(line.posted_date) as last_told
    from bank_transaction as line
    inner join source_file on line.file_id = source_file.file_id
    where line.bank_statement_id is null
        and line.posted_date <= $as_of
        and coalesce(source_file.known_from, $as_of) <= $as_of
    group by line.bank_account, line.file_id
),

tables as (
    select
        bank_account,
        last_told as day,
        count(*) as item_count,
        min(first_told) as first_told,
        max(last_told) as last_told
    from table_files
    where last_told >= $since
    group by bank_account, last_told
),

banks as (
    select
        'bank_account' as source_type,
        coalesce(statements.bank_account, tables.bank_account) as source_id,
        coalesce(statements.bank_account, tables.bank_account) as source_name,
        coalesce(statements.day, tables.day) as day,
        coalesce(statements.item_count, tables.item_count) as item_count,
        tables.first_told,
        tables.last_told
    from statements
    full outer join tables on statements.bank_account = tables.bank_account and statements.day = tables.day
),

batches as (
    select
        'posting_batches' as source_type,
        'posting_batches' as source_id,
        'Posting batches' as source_name,
        known_on as day,
        count(*) as item_count,
        sum(posted_total) as amount,
        cast(null as date) as first_told,
        cast(null as date) as last_told
    from posting_batches
    where known_on between $since and $as_of
    group by known_on
)

select
    source_type,
    source_id,
    source_name,
    day,
    item_count,
    coalesce(amount, 0)::decimal(18, 2) as amount,
    first_told,
    last_told
from payers
union all
select
    banks.source_type,
    banks.source_id,
    banks.source_name,
    banks.day,
    banks.item_count,
    coalesce(bank_money.amount, 0)::decimal(18, 2) as amount,
    banks.first_told,
    banks.last_told
from banks
left join bank_money on banks.source_id = bank_money.bank_account and banks.day = bank_money.day
union all
select
    source_type,
    source_id,
    source_name,
    day,
    item_count,
    coalesce(amount, 0)::decimal(18, 2) as amount,
    first_told,
    last_told
from batches
order by source_type, source_id, day
