-- What was tried to find out whose a deposit is, the newest try of each step.
--
-- grain:   one row per step
-- key:     trace_step
-- params:  bank_transaction_id (integer)
-- example: bank_transaction_id=1
-- units:   decided_at in UTC; sought is JSON and may name a patient
with ranked as (
    select
        decision_id,
        step,
        sought,
        outcome,
        candidate_count,
        note,
        count(*) over (partition by step) as try_count,
        row_number() over (partition by step order by decision_id desc) as newness
    from trace_try
    where bank_transaction_id = $bank_transaction_id
)

select
    ranked.step as trace_step,
    ranked.decision_id,
    ranked.sought,
    ranked.outcome,
    ranked.candidate_count,
    ranked.note,
    ranked.try_count,
    decision.decided_by,
    decision.decided_at
from ranked
inner join decision on ranked.decision_id = decision.decision_id
where ranked.newness = 1
order by ranked.step
