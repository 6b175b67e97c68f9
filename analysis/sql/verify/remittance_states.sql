-- Every remittance's money stands in exactly one state, and the states add up to all remittances.
--
-- grain:   one row where the sums differ
-- key:     total_amount
-- params:  none
-- units:   US dollars
with stated as (
    select
        remittance.payment_amount,
        case
            when remittance.duplicate_of is not null then 'duplicate'
            when remittance.is_without_deposit then 'no deposit wanted'
            when item.item_id is not null then 'open'
            when linked.fact_id is not null then 'linked'
        end as state
    from remittances as remittance
    left join open_items as item
        on item.item_type = 'remittance_without_deposit'
        and cast(remittance.remittance_id as varchar) = item.fact_id
    left join (select distinct fact_id from linked_pairs where side = 'remittance' and other_side = 'bank') as linked
        on cast(remittance.remittance_id as varchar) = linked.fact_id
)

select
    coalesce((select sum(payment_amount) from remittance), 0)::decimal(18, 2) as total_amount,
    coalesce((select sum(payment_amount) from stated where state is not null), 0)::decimal(18, 2) as stated_amount
where coalesce((select sum(payment_amount) from remittance), 0)
    <> coalesce((select sum(payment_amount) from stated where state is not null), 0)
