-- Everything that was decided about one match or one open item, in order.
--
-- grain:   one row per decision
-- key:     decision_id
-- params:  subject_type (text): match or item; subject_id (text)
-- example: subject_type='match', subject_id='1'
-- units:   decided_at in UTC
-- note:    of a deposit also what was decided while it was unidentified, and the other way round
select
    decision_id,
    decided_at,
    decided_by,
    action,
    reason,
    effective_on
from decisions
where subject_type = $subject_type
    and (
        subject_id = $subject_id
        or decision_id in (select item_decisions.decision_id from item_decisions where item_decisions.item_id = $subject_id)
    )
order by decision_id
