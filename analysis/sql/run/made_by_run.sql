-- The matches that a run made and that hold or are proposed still, by its rules and not by a person since.
--
-- grain:   one row per match
-- key:     match_id
-- params:  run_id (integer)
-- example: run_id=1
-- units:   none
select match_id
from match_standing
where run_id = $run_id and status in ('confirmed', 'proposed') and not is_by_person
order by match_id
