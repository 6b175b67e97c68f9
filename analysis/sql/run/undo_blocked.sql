-- Matches that a run ended and that could not hold again, because a later match holds one of their facts.
--
-- grain:   one row per match
-- key:     match_id
-- params:  run_id (integer)
-- example: run_id=1
-- units:   none
with ended as (
    select match_group.match_id
    from decision
    inner join match_group on decision.subject_id = cast(match_group.match_id as varchar)
    where decision.subject_type = 'match'
        and decision.action = 'supersede'
        and decision.run_id = $run_id
        and match_group.status = 'confirmed'
),

held as (
    select match_side.side, match_side.fact_id
    from match_standing as standing
    inner join match_side on standing.match_id = match_side.match_id
    where standing.status = 'confirmed'
        and standing.rule not in ('batch_reference', 'batch_payer_amount')
        and (standing.run_id <> $run_id or standing.is_by_person)
)

select distinct match_side.match_id
from ended
inner join match_side on ended.match_id = match_side.match_id
inner join match_group on ended.match_id = match_group.match_id
inner join held on match_side.side = held.side and match_side.fact_id = held.fact_id
where match_group.rule not in ('batch_reference', 'batch_payer_amount')
order by match_side.match_id
