-- What people and runs decided about the followed facts, as open items and as sides of matches.
--
-- grain:   one row per decision
-- key:     decision_id
-- params:  as_of (date): later decisions do not exist yet
--          most (integer): how many at most, the newest
-- example: most = 200
-- units:   decided_at in UTC
with dated as (
    select
        decision_id,
        coalesce(effective_on, cast(decided_at as date)) as day,
        decided_at,
        decided_by,
        action,
        subject_type,
        subject_id,
        reason
    from decisions
    where coalesce(effective_on, cast(decided_at as date)) <= $as_of
),

touched as (
    select cast(match_side.match_id as varchar) as match_id
    from match_side
    inner join traced_facts as traced
        on case match_side.side when 'bank' then 'bank_line' else match_side.side end = traced.what
        and match_side.fact_id = traced.seed_id
    group by match_side.match_id
    having count(*) > 1 or max(case when traced.is_whole then 1 else 0 end) = 1
),

followed as (
    select case what when 'bank_line' then 'bank' else what end || '-' || seed_id as item_start
    from traced_facts
    where what in ('bank_line', 'remittance', 'claim')
),

found as (
    select dated.decision_id
    from dated
    inner join touched on dated.subject_type = 'match' and dated.subject_id = touched.match_id
    union
    select dated.decision_id
    from dated
    inner join followed
        on dated.subject_type = 'item'
        and split_part(dated.subject_id, '-', 1) || '-' || split_part(dated.subject_id, '-', 2) = followed.item_start
)

select
    dated.decision_id,
    dated.day,
    dated.decided_at,
    dated.decided_by,
    dated.action,
    dated.subject_type,
    dated.subject_id,
    dated.reason,
    count(*) over () as found_count
from dated
inner join found on dated.decision_id = found.decision_id
order by dated.day desc, dated.decision_id desc
limit $most
