-- The run keeps which decisions it has seen, its own included.
--
-- grain:   a statement, one row changed
-- key:     none
-- params:  run_id (integer)
-- units:   none
update match_run
set last_decision_id = coalesce((select max(decision_id) from decision), 0)
where run_id = $run_id
