-- Deposits that nothing accounts for, by amount and day.
--
-- grain:   one row per bank credit
-- key:     bank_transaction_id
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars
select
    line.bank_transaction_id,
    line.bank_account,
    line.bank_reference,
    line.posted_date,
    line.amount
from bank_transactions as line
where line.not_counted is null
    and line.amount > 0
    and line.line_kind not in ('interest', 'sweep', 'adjustment')
    and line.known_on <= $as_of
    and cast(line.bank_transaction_id as varchar) not in (
        select pair.fact_id
        from tied_pairs as pair
        where pair.side = 'bank' and pair.known_on <= $as_of
    )
order by line.posted_date, line.bank_transaction_id
