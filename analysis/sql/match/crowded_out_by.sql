-- Proposals that ended because a person matched their money in a match, and that nothing has touched since.
--
-- grain:   one row per proposal
-- key:     match_id
-- params:  match_id (integer): the match that took the money
-- example: match_id=1
-- units:   none
select distinct standing.match_id
from match_side as own
inner join match_side as other on own.side = other.side and own.fact_id = other.fact_id
inner join match_standing as standing on other.match_id = standing.match_id
inner join decision
    on decision.subject_type = 'match' and decision.subject_id = cast(standing.match_id as varchar)
where own.match_id = $match_id
    and standing.match_id <> $match_id
    and standing.action = 'supersede'
    and decision.action = 'supersede'
    and decision.run_id is null
order by standing.match_id
