-- All that was done with one rejected claim, in order.
--
-- grain:   one row per step
-- key:     decision_id
-- params:  claim_payment_id (integer)
-- example: claim_payment_id=1
-- units:   decided_at in UTC
select
    step.decision_id,
    step.version,
    decision.decided_at,
    decision.decided_by,
    step.step as action,
    step.account_number,
    step.home_name,
    step.reference,
    step.on_date,
    decision.reason,
    decision.effective_on
from rejected_claim_step as step
inner join decision on step.decision_id = decision.decision_id
where step.claim_payment_id = $claim_payment_id
order by step.version
