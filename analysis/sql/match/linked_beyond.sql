-- The deposits and batches of a match that confirmed matches link to each other for more than they are.
--
-- grain:   one row per side
-- key:     side, fact_id
-- params:  match_id (integer)
-- example: match_id=1
-- units:   US dollars
select
    own.side,
    own.fact_id,
    sum(linked.linked_amount)::decimal(18, 2) as linked_amount,
    max(linkable.amount) as amount,
    max(linkable.reference) as reference
from match_side as own
inner join linked_amounts as linked on own.side = linked.side and own.fact_id = linked.fact_id
inner join linkable_facts as linkable on own.side = linkable.side and own.fact_id = linkable.fact_id
where own.match_id = $match_id
    and ((own.side = 'bank' and linked.other_side = 'batch') or (own.side = 'batch' and linked.other_side = 'bank'))
group by own.side, own.fact_id
having count(*) > 1 and abs(sum(linked.linked_amount)) > abs(max(linkable.amount))
order by own.side, own.fact_id
