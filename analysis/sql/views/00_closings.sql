-- Every time that a day was prepared for closing, with who signed it since and whether it is closed now.
--
-- grain:   one row per preparation of a day
-- key:     closing_id
-- params:  none
-- units:   times in UTC; status is prepared, replaced (prepared anew since), closed or reopened
create or replace view closings as
with steps as (
    select
        decision_id,
        subject_id,
        action,
        decided_by,
        decided_at,
        reason,
        lead(action) over (partition by subject_id order by decision_id) as next_action,
        lead(decided_by) over (partition by subject_id order by decision_id) as next_by,
        lead(decided_at) over (partition by subject_id order by decision_id) as next_at,
        lead(reason) over (partition by subject_id order by decision_id) as next_reason,
        lead(action, 2) over (partition by subject_id order by decision_id) as later_action,
        lead(decided_by, 2) over (partition by subject_id order by decision_id) as later_by,
        lead(decided_at, 2) over (partition by subject_id order by decision_id) as later_at,
        lead(reason, 2) over (partition by subject_id order by decision_id) as later_reason
    from decision
    where subject_type = 'day'
)

select
    closed_day.closing_id,
    closed_day.day,
    case
        when steps.next_action = 'review' and steps.later_action = 'reopen' then 'reopened'
        when steps.next_action = 'review' then 'closed'
        when steps.next_action is null then 'prepared'
        else 'replaced'
    end as status,
    steps.decided_by as prepared_by,
    steps.decided_at as prepared_at,
    steps.reason as note,
    case when steps.next_action = 'review' then steps.next_by end as reviewed_by,
    case when steps.next_action = 'review' then steps.next_at end as reviewed_at,
    case when steps.next_action = 'review' then steps.next_reason end as review_note,
    case when steps.later_action = 'reopen' then steps.later_by end as reopened_by,
    case when steps.later_action = 'reopen' then steps.later_at end as reopened_at,
    case when steps.later_action = 'reopen' then steps.later_reason end as reopened_for,
    closed_day.content_hash,
    closed_day.fact_count,
    closed_day.link_count,
    closed_day.decision_count
from closed_day
inner join steps on closed_day.closing_id = steps.decision_id
