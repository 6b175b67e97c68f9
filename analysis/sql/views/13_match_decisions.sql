-- The last decision about each match: the one that holds. That a match lapsed is told in its history, and decides nothing.
--
-- grain:   one row per match that was decided about
-- key:     match_id
-- params:  none
-- units:   none
create or replace view match_decisions as
with ranked as (
    select
        decision.subject_id,
        decision.decision_id,
        decision.action,
        decision.decided_by,
        decision.decided_at,
        decision.reason,
        row_number() over (partition by decision.subject_id order by decision.decision_id desc) as newness
    from decision
    inner join reporting_day on coalesce(decision.effective_on, reporting_day.day) <= reporting_day.day
    where decision.subject_type = 'match' and decision.action <> 'lapse'
)

select
    cast(subject_id as bigint) as match_id,
    decision_id,
    action,
    decided_by,
    decided_at,
    reason
from ranked
where newness = 1
