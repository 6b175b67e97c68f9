-- One match as it stands: by which rule, what agrees, what is left over, who last decided, when and why.
--
-- grain:   one row, none where there is no such match
-- key:     match_id
-- params:  match_id (integer)
-- example: match_id=1
-- units:   US dollars of remainder, bank less remittances; decided_at in UTC; version is the id of the last decision
select
    standing.match_id,
    standing.run_id,
    match_run.kind as made_by,
    match_run.run_by,
    match_run.started_at as made_at,
    standing.rule,
    standing.status,
    standing.confidence,
    standing.explanation,
    standing.agrees,
    standing.differs,
    standing.remainder_amount,
    standing.remainder_reason,
    coalesce((
        select max(decision.decision_id)
        from decision
        where decision.subject_type = 'match' and decision.subject_id = cast(standing.match_id as varchar)
    ), 0) as version
from match_standing as standing
inner join match_run on standing.run_id = match_run.run_id
where standing.match_id = $match_id
