-- The steps of rejected claims: versions run without a gap, and money that went to another home had a second person.
--
-- grain:   one row per fault
-- key:     subject, fault
-- params:  none
-- units:   none
with steps as (
    select step.claim_payment_id, step.version, step.step, upper(trim(decision.decided_by)) as decided_by
    from rejected_claim_step as step
    left join decision on step.decision_id = decision.decision_id
)

select 'claim ' || cast(claim_payment_id as varchar) as subject, 'versions with a gap, or a step without its decision' as fault
from steps
group by claim_payment_id
having count(*) <> max(version) or count(decided_by) <> count(*)
union all
select 'claim ' || cast(approved.claim_payment_id as varchar) as subject, 'approved by the one who sent it, or not sent before' as fault
from steps as approved
left join steps as sent
    on approved.claim_payment_id = sent.claim_payment_id
    and approved.version = sent.version + 1
    and sent.step = 'send'
    and sent.decided_by <> approved.decided_by
where approved.step = 'approve' and sent.claim_payment_id is null
group by approved.claim_payment_id
order by subject, fault
