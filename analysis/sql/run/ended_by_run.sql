-- The matches that a run ended and nobody has decided about since.
--
-- grain:   one row per match
-- key:     match_id
-- params:  run_id (integer)
-- example: run_id=1
-- units:   none
select standing.match_id
from match_standing as standing
inner join decision
    on decision.subject_type = 'match'
    and decision.subject_id = cast(standing.match_id as varchar)
    and decision.action = 'supersede'
    and decision.run_id = $run_id
where standing.action = 'supersede'
order by standing.match_id
