-- No fact is linked for more than it is: deposits to remittances and to batches, and these to deposits.
--
-- grain:   one row per fact linked beyond its amount
-- key:     side, fact_id
-- params:  none
-- units:   US dollars
with linked as (
    select
        side,
        fact_id,
        other_side,
        count(*) as match_count,
        sum(linked_amount)::decimal(18, 2) as linked_amount
    from linked_amounts
    where 'bank' in (side, other_side)
    group by side, fact_id, other_side
)

select
    linked.side,
    linked.fact_id,
    linked.linked_amount,
    facts.amount
from linked
inner join linkable_facts as facts on linked.side = facts.side and linked.fact_id = facts.fact_id
where not facts.is_counted
    or case
        when 'batch' in (linked.side, linked.other_side)
            then linked.match_count > 1 and abs(linked.linked_amount) > abs(facts.amount)
        else linked.linked_amount > facts.amount
    end
order by linked.side, linked.fact_id
