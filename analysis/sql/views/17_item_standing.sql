-- What people last decided about each open item: held, sent back or given away, or open again.
--
-- grain:   one row per item that a person decided about
-- key:     subject_id
-- params:  none
-- units:   effective_on is the day that the decision holds from; decided_at in UTC
create or replace view item_standing as
with ranked as (
    select
        decision_id,
        subject_id,
        action,
        decided_by,
        decided_at,
        effective_on,
        reason,
        row_number() over (partition by subject_id order by decision_id desc) as newness
    from decision
    inner join reporting_day on coalesce(decision.effective_on, reporting_day.day) <= reporting_day.day
    where subject_type = 'item' and action in ('hold', 'release', 'return')
)

select
    subject_id,
    case action when 'hold' then 'held' when 'return' then 'returned' else 'open' end as standing,
    reason,
    decided_by,
    decided_at,
    effective_on,
    decision_id
from ranked
where newness = 1
