-- No fact is linked for more than it is: deposits to remittances, and remittances to deposits.
--
-- grain:   one row per fact linked beyond its amount
-- key:     side, fact_id
-- params:  none
-- units:   US dollars
with linked as (
    select side, fact_id, other_side, sum(linked_amount)::decimal(18, 2) as linked_amount
    from linked_amounts
    where side in ('bank', 'remittance') and other_side in ('bank', 'remittance')
    group by side, fact_id, other_side
)

select
    linked.side,
    linked.fact_id,
    linked.linked_amount,
    facts.amount
from linked
inner join linkable_facts as facts on linked.side = facts.side and linked.fact_id = facts.fact_id
where linked.linked_amount > facts.amount or not facts.is_counted
order by linked.side, linked.fact_id
