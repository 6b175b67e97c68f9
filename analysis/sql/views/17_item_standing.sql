-- What people last decided about each open item: held, sent back or given away, or open again.
--
-- grain:   one row per item that a person decided about, and id that it may bear
-- key:     subject_id
-- params:  none
-- note:    what was carried holds on of the fact that tells the same anew, and is open here; decided_as is the id that the item bore
-- units:   effective_on is the day that the decision holds from; decided_at in UTC
create or replace view item_standing as
with ranked as (
    select
        item_decisions.decision_id,
        item_decisions.item_id,
        item_decisions.subject_id,
        item_decisions.action,
        item_decisions.decided_by,
        item_decisions.decided_at,
        item_decisions.effective_on,
        item_decisions.reason,
        row_number() over (partition by item_decisions.item_id order by item_decisions.decision_id desc) as newness
    from item_decisions
    inner join reporting_day on coalesce(item_decisions.effective_on, reporting_day.day) <= reporting_day.day
    where item_decisions.action in ('hold', 'release', 'return', 'carry')
)

select
    item_id as subject_id,
    subject_id as decided_as,
    case action when 'hold' then 'held' when 'return' then 'returned' else 'open' end as standing,
    reason,
    decided_by,
    decided_at,
    effective_on,
    decision_id
from ranked
where newness = 1
