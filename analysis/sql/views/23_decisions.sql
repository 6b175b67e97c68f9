-- Everything people and rules decided, in order.
--
-- grain:   one row per decision
-- key:     decision_id
-- params:  none
-- units:   decided_at in UTC; effective_on is the day that it holds from, for reports of days
-- note:    of a case only what became otherwise is told: notes and what was said on the phone may name a patient
create or replace view decisions as
select
    decision_id,
    decided_at,
    decided_by,
    action,
    subject_type,
    subject_id,
    reason,
    run_id,
    effective_on
from decision
union all
select
    decision_id,
    decided_at,
    decided_by,
    action,
    'case' as subject_type,
    case_id as subject_id,
    changed as reason,
    cast(null as bigint) as run_id,
    effective_on
from case_event
