-- The run of that number, if it is one of the rules and still stands.
--
-- grain:   one row or none
-- key:     run_id
-- params:  run_id (integer)
-- example: run_id=1
-- units:   started_at in UTC
select
    run_id,
    started_at,
    run_by
from match_run
where run_id = $run_id
    and kind = 'rules'
    and run_id not in (select undone.undoes_run_id from match_run as undone where undone.undoes_run_id is not null)
