-- Every bank line's money stands in exactly one state, and the states add up to all bank lines.
--
-- grain:   one row where the sums differ
-- key:     total_amount
-- params:  none
-- units:   US dollars
with stated as (
    select
        line.amount,
        case
            when line.not_counted is not null then 'not counted'
            when item.item_id is not null then 'open'
            when linked.fact_id is not null then 'linked'
            else 'no partner wanted'
        end as state
    from bank_transactions as line
    left join open_items as item on item.side = 'bank' and cast(line.bank_transaction_id as varchar) = item.fact_id
    left join (select distinct fact_id from linked_pairs where side = 'bank') as linked
        on cast(line.bank_transaction_id as varchar) = linked.fact_id
)

select
    coalesce((select sum(amount) from bank_transaction), 0)::decimal(18, 2) as total_amount,
    coalesce((select sum(amount) from stated), 0)::decimal(18, 2) as stated_amount
where coalesce((select sum(amount) from bank_transaction), 0) <> coalesce((select sum(amount) from stated), 0)
