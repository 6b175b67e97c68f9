-- What is known as of a day, fact by fact, by content: the file's hash, the place in it, and what counts of it.
--
-- grain:   one row per fact
-- key:     content
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   text; no row names an id or a clock, so that the same files in another store give the same rows
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
    select 'posted' as kind, file_id, place, amount, transaction_type as standing
    from posting_lines
    where known_on <= $as_of
    union all
    select 'account' as kind, file_id, place, balance as amount, cast(null as varchar) as standing
    from accounts
    where extract_date <= $as_of
    union all
    select 'ledger' as kind, file_id, place, amount, cast(null as varchar) as standing
    from account_transactions
    where transaction_date <= $as_of
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
