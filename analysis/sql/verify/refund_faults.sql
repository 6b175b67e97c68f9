-- Refunds that broke a rule: approved by who wrote them, exported twice or without approval, or listed with another content.
--
-- grain:   one row per refund and rule that it breaks
-- key:     refund_id, fault
-- params:  none
-- units:   none
with writers as (
    select refund.refund_id, lower(trim(decision.decided_by)) as person
    from refund
    inner join decision on refund.decision_id = decision.decision_id
),

approvals as (
    select step.refund_id, step.version, lower(trim(decision.decided_by)) as person
    from refund_step as step
    inner join decision on step.decision_id = decision.decision_id
    where step.step = 'approve'
),

exports as (
    select step.refund_id, step.version, count(*) as export_count
    from refund_step as step
    where step.step = 'export'
    group by step.refund_id, step.version
)

select distinct approvals.refund_id, 'approved by who wrote it' as fault
from approvals
inner join writers on approvals.refund_id = writers.refund_id and approvals.person = writers.person
union all
select exports.refund_id, 'exported more than once' as fault
from exports
group by exports.refund_id
having sum(exports.export_count) > 1
union all
select exports.refund_id, 'exported with too few approvals' as fault
from exports
inner join refund on exports.refund_id = refund.refund_id and exports.version = refund.version
left join approvals on exports.refund_id = approvals.refund_id and exports.version = approvals.version
group by exports.refund_id, refund.amount, refund.second_above
having count(distinct approvals.person) < case when refund.amount > refund.second_above then 2 else 1 end
order by 1, 2
