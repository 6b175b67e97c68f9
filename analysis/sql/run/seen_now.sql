-- The newest file and decision, which mark what a run has seen.
--
-- grain:   one row
-- key:     last_file_id
-- params:  none
-- units:   ids; 0 where there is none
select
    coalesce((select max(file_id) from source_file), 0) as last_file_id,
    coalesce((select max(decision_id) from decision), 0) as last_decision_id
