-- A run that matched nothing leaves no row.
--
-- grain:   a statement, one row removed
-- key:     none
-- params:  run_id (integer)
-- units:   none
delete from match_run
where run_id = $run_id
