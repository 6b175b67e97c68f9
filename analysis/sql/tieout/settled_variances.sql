-- What was written off of each variance, and how a person said that it was resolved.
--
-- grain:   one row per variance that anyone wrote off or resolved
-- key:     variance_id
-- params:  as_of (date): later decisions do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars of deposited − posted; what waits for a second person is not written off yet
with written as (
    select
        variance_id,
        sum(case when status in ('approved', 'written_off') then amount else 0 end)::decimal(18, 2) as written_off,
        sum(case when status = 'waiting' then amount else 0 end)::decimal(18, 2) as waiting_amount
    from write_offs
    group by variance_id
),

ranked as (
    select
        subject_id as variance_id,
        action as resolution,
        reason,
        decision_id,
        row_number() over (partition by subject_id order by decision_id desc) as newness
    from decision
    where subject_type = 'variance' and effective_on <= $as_of
)

select
    coalesce(written.variance_id, ranked.variance_id) as variance_id,
    coalesce(written.written_off, 0)::decimal(18, 2) as written_off,
    coalesce(written.waiting_amount, 0)::decimal(18, 2) as waiting_amount,
    ranked.resolution,
    ranked.reason,
    ranked.decision_id as resolution_id
from written
full outer join (select variance_id, resolution, reason, decision_id from ranked where newness = 1) as ranked
    on written.variance_id = ranked.variance_id
order by variance_id
