-- Everything people and rules decided, in order.
--
-- grain:   one row per decision
-- key:     decision_id
-- params:  none
-- units:   decided_at in UTC
create or replace view decisions as
select
    decision_id,
    decided_at,
    decided_by,
    action,
    subject_type,
    subject_id,
    reason
from decision
