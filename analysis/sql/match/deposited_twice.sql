-- Batches of a match that one deposit is tied to straight and another over their remittances, for more than they are.
--
-- grain:   one row per batch
-- key:     batch_id
-- params:  match_id (integer)
-- example: match_id=1
-- units:   US dollars; a deposit tied both ways counts once, by the larger of the two
with own as (
    select side, fact_id
    from match_side
    where match_id = $match_id
),

own_batches as (
    select fact_id as batch_id
    from own
    where side = 'batch'
    union
    select posting.other_fact_id as batch_id
    from linked_pairs as posting
    inner join own on posting.side = own.side and posting.fact_id = own.fact_id
    where posting.side = 'remittance' and posting.other_side = 'batch'
),

straight as (
    select
        linked_pairs.fact_id as batch_id,
        linked_pairs.other_fact_id as bank_fact_id,
        sum(least(linked_pairs.amount, linked_pairs.other_amount)) as amount
    from linked_pairs
    inner join own_batches on linked_pairs.fact_id = own_batches.batch_id
    where linked_pairs.side = 'batch' and linked_pairs.other_side = 'bank'
    group by linked_pairs.fact_id, linked_pairs.other_fact_id
),

over_advice as (
    select
        posting.fact_id as batch_id,
        money.other_fact_id as bank_fact_id,
        sum(least(money.amount, money.other_amount)) as amount
    from linked_pairs as posting
    inner join own_batches on posting.fact_id = own_batches.batch_id
    inner join linked_pairs as money
        on money.side = 'remittance' and money.other_side = 'bank' and posting.other_fact_id = money.fact_id
    where posting.side = 'batch' and posting.other_side = 'remittance'
    group by posting.fact_id, money.other_fact_id
),

tied as (
    select
        coalesce(straight.batch_id, over_advice.batch_id) as batch_id,
        greatest(coalesce(straight.amount, 0), coalesce(over_advice.amount, 0)) as amount,
        straight.batch_id is not null and over_advice.batch_id is null as is_straight_only,
        straight.batch_id is null as is_over_advice_only
    from straight
    full outer join over_advice
        on straight.batch_id = over_advice.batch_id and straight.bank_fact_id = over_advice.bank_fact_id
)

select
    tied.batch_id,
    sum(tied.amount)::decimal(18, 2) as linked_amount,
    max(linkable.amount)::decimal(18, 2) as amount
from tied
inner join linkable_facts as linkable on linkable.side = 'batch' and tied.batch_id = linkable.fact_id
group by tied.batch_id
having max(case when tied.is_straight_only then 1 else 0 end) = 1
    and max(case when tied.is_over_advice_only then 1 else 0 end) = 1
    and abs(sum(tied.amount)) > abs(max(linkable.amount))
order by tied.batch_id
