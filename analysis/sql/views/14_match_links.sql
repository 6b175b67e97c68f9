-- Every side of every match that holds now: its last decision, or what its rule gave it.
--
-- grain:   one row per fact in a match
-- key:     match_id, side, fact_id
-- params:  none
-- units:   US dollars linked, never the fact's whole amount by default; known_on is the day the last side became known
-- note:    a match holds only while all its facts count (a bank line that was corrected or superseded, a remittance that
--          turned out a duplicate end it) and no batch in it was told anew since
create or replace view match_links as
with decided as (
    select
        subject_id,
        action,
        row_number() over (partition by subject_id order by decision_id desc) as newness
    from decision
    where subject_type = 'match'
),

sides as (
    select
        match_group.match_id,
        match_group.run_id,
        match_group.rule,
        match_group.confidence,
        match_group.explanation,
        case decided.action when 'confirm' then 'confirmed' else match_group.status end as status,
        match_side.side,
        match_side.fact_id,
        match_side.amount,
        facts.reference,
        facts.item_date,
        facts.payer_name,
        max(facts.known_on) over (partition by match_group.match_id) as known_on,
        min(case when facts.is_counted and coalesce(facts.told_at, match_run.started_at) <= match_run.started_at then 1 else 0 end)
            over (partition by match_group.match_id) as holds
    from match_group
    inner join match_run on match_group.run_id = match_run.run_id
    inner join match_side on match_group.match_id = match_side.match_id
    inner join linkable_facts as facts on match_side.side = facts.side and match_side.fact_id = facts.fact_id
    left join decided on cast(match_group.match_id as varchar) = decided.subject_id and decided.newness = 1
    where coalesce(decided.action, 'confirm') not in ('decline', 'unmatch', 'undo')
)

select
    match_id,
    run_id,
    rule,
    confidence,
    explanation,
    status,
    side,
    fact_id,
    amount,
    reference,
    item_date,
    payer_name,
    known_on
from sides
where holds = 1
