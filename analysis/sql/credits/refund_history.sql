-- Everything that was done with a refund, and every attempt that was refused, in order.
--
-- grain:   one row per decision about the refund
-- key:     decision_id
-- params:  subject_id (text): the refund's number; null for all refunds and for requests that were refused
-- example: subject_id = null
-- units:   decided_at in UTC; version: the one requested, edited or acted on, null for a refusal
select
    decision.decision_id,
    decision.decided_at,
    decision.decided_by,
    decision.action,
    decision.subject_id,
    decision.reason,
    coalesce(refund.version, step.version) as version,
    step.reference,
    step.on_date,
    decision.effective_on
from decision
left join refund on decision.decision_id = refund.decision_id
left join refund_step as step on decision.decision_id = step.decision_id
where decision.subject_type = 'refund' and ($subject_id is null or decision.subject_id = $subject_id)
order by decision.decision_id
