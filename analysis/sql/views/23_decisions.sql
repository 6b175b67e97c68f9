-- Everything people and rules decided, in order.
--
-- grain:   one row per decision
-- key:     decision_id
-- params:  none
-- units:   decided_at in UTC; effective_on is the day that it holds from, for reports of days
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
