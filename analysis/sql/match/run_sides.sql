-- The matches that one run made or ended, side by side, and how they stand now.
--
-- grain:   one row per side of a match and what the run did to it
-- key:     match_id, side, fact_id, did
-- params:  run_id (integer)
-- example: run_id=1
-- units:   US dollars linked
with touched as (
    select match_id, 'made' as did
    from match_group
    where run_id = $run_id
    union
    select cast(subject_id as bigint) as match_id, case action when 'restore' then 'restored' else 'ended' end as did
    from decision
    where subject_type = 'match' and action in ('supersede', 'undo', 'restore') and run_id = $run_id
)

select
    touched.match_id,
    touched.did,
    standing.rule,
    standing.status,
    match_side.side,
    match_side.fact_id,
    facts.reference,
    match_side.amount,
    facts.item_date,
    facts.payer_name,
    standing.explanation
from touched
inner join match_standing as standing on touched.match_id = standing.match_id
inner join match_side on touched.match_id = match_side.match_id
inner join linkable_facts as facts on match_side.side = facts.side and match_side.fact_id = facts.fact_id
order by touched.match_id, match_side.side, match_side.fact_id
