-- The small credits that people put on lists to be written off, up to a day.
--
-- grain:   one row per list and account
-- key:     list_id, account_number
-- params:  as_of (date): later lists and steps do not exist yet
-- units:   US dollars; status is waiting, approved or declined; policy as it stood when the list was made
with steps as (
    select
        step.list_id,
        step.step,
        decision.decided_by,
        decision.effective_on,
        row_number() over (partition by step.list_id order by step.decision_id desc) as newness
    from small_balance_step as step
    inner join decision on step.decision_id = decision.decision_id
    where decision.effective_on <= $as_of
)

select
    small.list_id,
    small.account_number,
    small.credit_date,
    small.amount,
    small.state,
    small.is_ticked,
    small.below_amount,
    small.older_than_days,
    decision.decided_by as listed_by,
    decision.effective_on as listed_on,
    decision.reason,
    case steps.step when 'approve' then 'approved' when 'decline' then 'declined' else 'waiting' end as status,
    steps.decided_by as second_person,
    steps.effective_on as decided_on
from small_balance as small
inner join decision on small.decision_id = decision.decision_id
left join steps on small.list_id = steps.list_id and steps.newness = 1
where decision.effective_on <= $as_of
order by small.list_id desc, small.account_number
