-- Every difference written off, and whether that holds.
--
-- grain:   one row per write-off
-- key:     write_off_id
-- params:  none
-- units:   US dollars of deposited − posted; written_at in UTC
-- note:    waiting until a second person approves it, where the policy of its day asks for one; the last decision holds
create or replace view write_offs as
with ranked as (
    select
        subject_id,
        action,
        decided_by,
        decided_at,
        row_number() over (partition by subject_id order by decision_id desc) as newness
    from decision
    inner join reporting_day on coalesce(decision.effective_on, reporting_day.day) <= reporting_day.day
    where subject_type = 'write_off' and action in ('approve', 'withdraw')
)

select
    write_off.write_off_id,
    write_off.variance_id,
    write_off.amount,
    write_off.reason,
    write_off.written_by,
    write_off.written_at,
    write_off.effective_on,
    write_off.most_amount,
    write_off.second_above,
    case
        when ranked.action = 'withdraw' then 'withdrawn'
        when ranked.action = 'approve' then 'approved'
        when abs(write_off.amount) > write_off.second_above then 'waiting'
        else 'written_off'
    end as status,
    ranked.decided_by as second_person,
    ranked.decided_at
from write_off
inner join reporting_day on write_off.effective_on <= reporting_day.day
left join ranked on cast(write_off.write_off_id as varchar) = ranked.subject_id and ranked.newness = 1
