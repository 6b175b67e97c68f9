-- Everything that was decided about one match, in order.
--
-- grain:   one row per decision
-- key:     decision_id
-- params:  match_id (integer)
-- example: match_id=1
-- units:   decided_at in UTC
select
    decision_id,
    decided_at,
    decided_by,
    action,
    reason,
    run_id
from decision
where subject_type = 'match' and subject_id = cast($match_id as varchar)
order by decision_id
