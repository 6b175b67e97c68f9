-- Matches that a run ended and that could not hold again, because a later match holds one of their facts to the same side.
--
-- grain:   one row per match
-- key:     match_id
-- params:  run_id (integer)
-- example: run_id=1
-- units:   none
-- note:    that a batch posts a deposit does not stop its match with a remittance, nor the other way round
with ended as (
    select match_group.match_id
    from decision
    inner join match_group on decision.subject_id = cast(match_group.match_id as varchar)
    where decision.subject_type = 'match'
        and decision.action = 'supersede'
        and decision.run_id = $run_id
        and match_group.status = 'confirmed'
        and match_group.rule not in ('batch_reference', 'batch_payer_amount')
),

wanted as (
    select distinct
        ended.match_id,
        own.side,
        own.fact_id,
        other.side as other_side
    from ended
    inner join match_side as own on ended.match_id = own.match_id
    inner join match_side as other on ended.match_id = other.match_id and own.side <> other.side
),

held as (
    select linked.side, linked.fact_id, linked.other_side
    from linked_amounts as linked
    inner join match_standing as standing on linked.match_id = standing.match_id
    where standing.rule not in ('batch_reference', 'batch_payer_amount')
        and (standing.run_id <> $run_id or standing.is_by_person)
)

select distinct wanted.match_id
from wanted
inner join held
    on wanted.side = held.side and wanted.fact_id = held.fact_id and wanted.other_side = held.other_side
order by wanted.match_id
