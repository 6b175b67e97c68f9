-- Matches that this run no longer finds end.
--
-- grain:   a statement, a row written per match
-- key:     none
-- params:  first_id (integer), run_id (integer), decided_by (text), decided_at (timestamp), as_of (date)
-- units:   none
insert into decision (decision_id, decided_at, decided_by, action, subject_type, subject_id, reason, run_id, effective_on)
select
    $first_id + row_number() over (order by match_id) as decision_id,
    $decided_at as decided_at,
    $decided_by as decided_by,
    'supersede' as action,
    'match' as subject_type,
    cast(match_id as varchar) as subject_id,
    'a later run of the rules sees more' as reason,
    $run_id as run_id,
    $as_of as effective_on
from reopened
