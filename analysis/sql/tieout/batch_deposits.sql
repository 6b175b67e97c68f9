-- The deposits that pay posting batches, straight or through a remittance, with the match that says so.
--
-- grain:   one row per batch, deposit and match
-- key:     batch_id, bank_transaction_id, match_id
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars of the whole deposit
with pairs as (
    select match_id, rule, is_proposed, side, fact_id, other_side, other_fact_id
    from tied_pairs
    where known_on <= $as_of
),

found as (
    select fact_id as batch_id, other_fact_id as bank_fact_id, match_id, rule, is_proposed
    from pairs
    where side = 'batch' and other_side = 'bank'
    union
    select posted.fact_id as batch_id, paid.other_fact_id as bank_fact_id, paid.match_id, paid.rule, paid.is_proposed
    from pairs as posted
    inner join pairs as paid
        on posted.other_fact_id = paid.fact_id and paid.side = 'remittance' and paid.other_side = 'bank'
    where posted.side = 'batch' and posted.other_side = 'remittance'
)

select
    found.batch_id,
    line.bank_transaction_id,
    found.match_id,
    found.rule,
    found.is_proposed,
    tied.remainder_reason,
    line.bank_account,
    line.posted_date,
    line.bank_reference,
    line.amount
from found
inner join tied_matches as tied on found.match_id = tied.match_id
inner join bank_transactions as line on found.bank_fact_id = cast(line.bank_transaction_id as varchar)
order by found.batch_id, line.posted_date, line.bank_transaction_id, found.match_id
