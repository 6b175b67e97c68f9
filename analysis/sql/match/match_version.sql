-- How one match stands now, with the version that a decision about it must name.
--
-- grain:   one row, none where there is no such match
-- key:     match_id
-- params:  match_id (integer)
-- example: match_id=1
-- units:   version is the id of the last decision about the match, 0 before the first
select
    standing.match_id,
    standing.status,
    standing.rule,
    standing.explanation,
    coalesce((
        select max(decision.decision_id)
        from decision
        where decision.subject_type = 'match' and decision.subject_id = cast(standing.match_id as varchar)
    ), 0) as version
from match_standing as standing
where standing.match_id = $match_id
