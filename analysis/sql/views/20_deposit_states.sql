-- Every bank line's money by state: tied to a remittance and posted, one of them, neither, or not counted and why.
--
-- grain:   one row per bank line and state
-- key:     fact_id, state
-- params:  none
-- units:   US dollars, money in positive; the amounts of a line add up to it
-- note:    of a match whose remittances are posted in part, its deposits are posted by what those are, in order
create or replace view deposit_states as
with by_match as (
    select
        linked.match_id,
        sum(case when legs.is_posted then linked.linked_amount else 0 end)::decimal(18, 2) as posted_amount,
        sum(case when legs.is_posted then 0 else linked.linked_amount end)::decimal(18, 2) as unposted_amount,
        max(case when legs.has_remainder or legs.posted_amount <> legs.deposited_amount then 1 else 0 end) = 1 as differs
    from linked_amounts as linked
    inner join remittance_legs as legs on linked.fact_id = legs.fact_id
    where linked.side = 'remittance' and linked.other_side = 'bank'
    group by linked.match_id
),

straight as (
    select distinct fact_id
    from linked_amounts
    where side = 'bank' and other_side = 'batch'
),

placed as (
    select
        match_id,
        fact_id,
        linked_amount,
        sum(linked_amount) over (
            partition by match_id order by fact_id rows between unbounded preceding and current row
        ) - linked_amount as before_amount
    from linked_amounts
    where side = 'bank' and other_side = 'remittance'
),

shares as (
    select
        placed.fact_id,
        placed.linked_amount,
        by_match.differs,
        straight.fact_id is not null as is_straight,
        case
            when straight.fact_id is not null or by_match.unposted_amount = 0 then placed.linked_amount
            when by_match.posted_amount = 0 then 0
            else greatest(0, least(placed.linked_amount, by_match.posted_amount - placed.before_amount))
        end::decimal(18, 2) as posted_amount
    from placed
    inner join by_match on placed.match_id = by_match.match_id
    left join straight on placed.fact_id = straight.fact_id
),

linked as (
    select fact_id, sum(linked_amount)::decimal(18, 2) as linked_amount
    from placed
    group by fact_id
),

lines as (
    select
        cast(line.bank_transaction_id as varchar) as fact_id,
        line.amount,
        (line.amount - coalesce(linked.linked_amount, 0))::decimal(18, 2) as rest_amount,
        case
            when line.not_counted is not null then 'not_counted'
            when linked.fact_id is not null then null
            when line.line_kind in ('interest', 'sweep', 'adjustment') then 'no_partner_wanted'
            when line.amount <= 0 then 'money_out'
        end as set_aside
    from bank_transactions as line
    left join linked on cast(line.bank_transaction_id as varchar) = linked.fact_id
),

pieces as (
    select fact_id, set_aside as state, amount
    from lines
    where set_aside is not null
    union all
    select
        shares.fact_id,
        case when shares.differs and not shares.is_straight then 'differs' else 'tied' end as state,
        shares.posted_amount as amount
    from shares
    inner join lines on shares.fact_id = lines.fact_id
    where lines.set_aside is null and shares.posted_amount <> 0
    union all
    select shares.fact_id, 'unposted' as state, (shares.linked_amount - shares.posted_amount)::decimal(18, 2) as amount
    from shares
    inner join lines on shares.fact_id = lines.fact_id
    where lines.set_aside is null and shares.linked_amount <> shares.posted_amount
    union all
    select
        lines.fact_id,
        case when straight.fact_id is null then 'deposit_alone' else 'posted_without_remittance' end as state,
        lines.rest_amount as amount
    from lines
    left join straight on lines.fact_id = straight.fact_id
    where lines.set_aside is null and lines.rest_amount <> 0
)

select fact_id, state, sum(amount)::decimal(18, 2) as amount
from pieces
group by fact_id, state
