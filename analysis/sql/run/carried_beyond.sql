-- Matches carried over whose money other confirmed matches hold too, for more than it is.
--
-- grain:   one row per match
-- key:     match_id
-- params:  run_id (integer): the run that carried
-- example: run_id=1
-- units:   none
with carried as (
    select match_group.match_id, match_side.side, match_side.fact_id
    from match_group
    inner join match_side on match_group.match_id = match_side.match_id
    where match_group.run_id = $run_id
),

linked as (
    select side, fact_id, other_side, sum(linked_amount) as linked_amount
    from linked_amounts
    where fact_id in (select carried.fact_id from carried)
    group by side, fact_id, other_side
    having count(*) > 1
)

select distinct carried.match_id
from carried
inner join linked on carried.side = linked.side and carried.fact_id = linked.fact_id
inner join linkable_facts as facts on carried.side = facts.side and carried.fact_id = facts.fact_id
where abs(linked.linked_amount) > abs(facts.amount)
    and not (carried.side = 'remittance' and linked.other_side = 'batch')
    and not (carried.side = 'batch' and linked.other_side = 'remittance')
order by carried.match_id
