-- What the unposted money at the end of a day is made of, by what is tied to what.
--
-- grain:   one row per part
-- key:     part
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; the parts add up to the closing unposted money of the roll-forward
with pairs as materialized (
    select side, fact_id, other_side, other_fact_id
    from linked_pairs
    where known_on <= $as_of
),

tied as (
    select fact_id as bank_fact_id, other_fact_id as batch_id
    from pairs
    where side = 'bank' and other_side = 'batch'
    union
    select bank.fact_id as bank_fact_id, batch.other_fact_id as batch_id
    from pairs as bank
    inner join pairs as batch
        on bank.other_fact_id = batch.fact_id and batch.side = 'remittance' and batch.other_side = 'batch'
    where bank.side = 'bank' and bank.other_side = 'remittance'
),

bank as (
    select
        case
            when line.amount < 0 then 'returned'
            when cast(line.bank_transaction_id as varchar) in (select tied.bank_fact_id from tied) then 'difference'
            else 'unposted'
        end as part,
        1 as item_count,
        line.amount
    from bank_transactions as line
    where line.not_counted is null
        and line.known_on <= $as_of
        and (
            (line.amount > 0 and line.line_kind not in ('interest', 'sweep', 'adjustment'))
            or (line.amount < 0 and line.line_kind in ('return', 'refund_return'))
        )
),

batches as (
    select
        case
            when batch_id in (select tied.batch_id from tied) then 'difference'
            else 'no_money'
        end as part,
        case when batch_id in (select tied.batch_id from tied) then 0 else 1 end as item_count,
        -posted_total as amount
    from posting_batches
    where known_on <= $as_of
)

select
    part,
    sum(item_count)::integer as item_count,
    sum(amount)::decimal(18, 2) as amount
from (
    select part, item_count, amount from bank
    union all
    select part, item_count, amount from batches
) as parts
group by part
order by part
