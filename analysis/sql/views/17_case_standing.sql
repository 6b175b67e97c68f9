-- How people left each case: state, owner, priority, dates, as the last change up to the reporting day says.
--
-- grain:   one row per case that anyone changed
-- key:     case_id
-- params:  none
-- units:   dates; decided_at in UTC
-- note:    the item behind it may say otherwise: see the query casework/worklist
create or replace view case_standing as
with ranked as (
    select
        decision_id,
        row_number() over (partition by case_id order by decision_id desc) as newness
    from case_event
    inner join reporting_day on case_event.effective_on <= reporting_day.day
)

select
    event.case_id,
    event.decision_id,
    event.version,
    event.state,
    event.owner,
    event.priority,
    event.due_on,
    event.next_on,
    event.resolution,
    event.lifted_until,
    event.decided_by,
    event.decided_at,
    event.effective_on
from case_event as event
inner join ranked on event.decision_id = ranked.decision_id
where ranked.newness = 1
