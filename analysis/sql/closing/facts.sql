-- What is known as of a day, fact by fact, by content: the file's hash, the place in it, and what counts of it.
--
-- grain:   one row per fact
-- key:     content
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   text; no row names an id or a clock, so that the same files in another store give the same rows
-- note:    of batches, accounts, entries and receipts that several files tell, every telling is a row, so that the order in
--          which they were loaded makes no difference
with known as (
    select 'bank' as kind, file_id, place, amount, not_counted as standing
    from bank_transactions
    where known_on <= $as_of
    union all
    select 'remittance' as kind, file_id, place, payment_amount as amount,
        case when duplicate_of is not null then 'duplicate' end as standing
    from remittances
    where known_on <= $as_of
    union all
    select 'posted' as kind, line.file_id, line.place, line.amount, line.transaction_type as standing
    from posting_line as line
    inner join source_file on line.file_id = source_file.file_id
    where greatest(coalesce(line.posting_date, line.deposit_date), source_file.known_from) <= $as_of
    union all
    select 'account' as kind, account.file_id, account.place, account.balance as amount, cast(null as varchar) as standing
    from account
    inner join source_file on account.file_id = source_file.file_id
    where greatest(account.extract_date, source_file.known_from) <= $as_of
    union all
    select 'ledger' as kind, entry.file_id, entry.place, entry.amount, cast(null as varchar) as standing
    from account_transaction as entry
    inner join source_file on entry.file_id = source_file.file_id
    where greatest(entry.transaction_date, source_file.known_from) <= $as_of
    union all
    select 'receipt' as kind, receipt.file_id, receipt.place, receipt.amount, cast(null as varchar) as standing
    from receipt
    inner join source_file on receipt.file_id = source_file.file_id
    where greatest(receipt.received_date, source_file.known_from) <= $as_of
)

select
    concat_ws(
        '|',
        known.kind,
        source_file.sha256,
        cast(known.place as varchar),
        cast(known.amount as varchar),
        coalesce(known.standing, '')
    ) as content
from known
inner join source_file on known.file_id = source_file.file_id
order by content
