-- Every posting batch's money by state: posted of remittances that were deposited or not, of deposits alone, of neither.
--
-- grain:   one row per batch and state
-- key:     fact_id, state
-- params:  none
-- units:   US dollars posted; the amounts of a batch add up to its lines
create or replace view batch_states as
with by_match as (
    select
        linked.match_id,
        max(case when legs.is_deposited then 1 else 0 end) = 1 as is_deposited,
        min(case when remittance.is_without_deposit then 1 else 0 end) = 1 as is_without_deposit,
        max(case when legs.has_remainder or legs.posted_amount <> legs.deposited_amount then 1 else 0 end) = 1 as differs
    from linked_amounts as linked
    inner join remittance_legs as legs on linked.fact_id = legs.fact_id
    inner join remittances as remittance on linked.fact_id = cast(remittance.remittance_id as varchar)
    where linked.side = 'remittance' and linked.other_side = 'batch'
    group by linked.match_id
),

shares as (
    select
        linked.fact_id,
        linked.linked_amount as amount,
        case
            when not by_match.is_deposited and by_match.is_without_deposit then 'no_deposit_wanted'
            when not by_match.is_deposited then 'posted_without_deposit'
            when by_match.differs then 'differs'
            else 'tied'
        end as state
    from linked_amounts as linked
    inner join by_match on linked.match_id = by_match.match_id
    where linked.side = 'batch' and linked.other_side = 'remittance'
),

linked as (
    select fact_id, sum(amount)::decimal(18, 2) as amount
    from shares
    group by fact_id
),

straight as (
    select distinct fact_id
    from linked_amounts
    where side = 'batch' and other_side = 'bank'
),

pieces as (
    select fact_id, state, amount
    from shares
    union all
    select
        batch.batch_id as fact_id,
        case when straight.fact_id is null then 'batch_alone' else 'posted_without_remittance' end as state,
        (batch.posted_total - coalesce(linked.amount, 0))::decimal(18, 2) as amount
    from posting_batches as batch
    left join linked on batch.batch_id = linked.fact_id
    left join straight on batch.batch_id = straight.fact_id
    where linked.fact_id is null or batch.posted_total <> linked.amount
)

select fact_id, state, sum(amount)::decimal(18, 2) as amount
from pieces
group by fact_id, state
