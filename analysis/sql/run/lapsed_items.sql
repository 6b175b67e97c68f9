-- Items that a person holds or gave back, of a fact that does not count any more, with the one that tells the same anew.
--
-- grain:   one row per item
-- key:     item_id
-- params:  none
-- units:   none
-- note:    anew_fact_id is null where no fact has its content; is_said: the item's history tells already that it lapsed
with said as (
    select subject_id, max(decision_id) as decision_id
    from decision
    where subject_type = 'item' and action = 'lapse'
    group by subject_id
)

select
    standing.subject_id as item_id,
    case standing.standing when 'held' then 'hold' else 'return' end as action,
    standing.reason as decided_reason,
    standing.decided_by,
    told_anew.side,
    told_anew.fact_id,
    told_anew.reason,
    told_anew.anew_fact_id,
    facts.reference,
    coalesce(said.decision_id > standing.decision_id, false) as is_said
from item_standing as standing
inner join told_anew
    on split_part(standing.subject_id, '-', 1) = told_anew.side and split_part(standing.subject_id, '-', 2) = told_anew.fact_id
inner join linkable_facts as facts on told_anew.side = facts.side and told_anew.fact_id = facts.fact_id
left join said on standing.subject_id = said.subject_id
where standing.standing in ('held', 'returned') and standing.subject_id = standing.decided_as
order by standing.subject_id
