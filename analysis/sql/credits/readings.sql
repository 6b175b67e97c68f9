-- What people read of credits up to a day.
--
-- grain:   one row per reading
-- key:     reading_id
-- params:  as_of (date): later readings and steps do not exist yet
--          account_number (text): only this account's; null for all
-- example: account_number = null
-- units:   US dollars; newness 1 is the account's newest reading; agreed_by names all who agreed, by semicolons
with steps as (
    select
        step.reading_id,
        string_agg(case when step.step = 'agree' then decision.decided_by end, '; ' order by decision.decision_id) as agreed_by,
        min(case when step.step = 'withdraw' then decision.decided_by end) as withdrawn_by,
        min(case when step.step = 'withdraw' then decision.effective_on end) as withdrawn_on,
        min(case when step.step = 'withdraw' then decision.reason end) as withdrawn_because
    from credit_reading_step as step
    inner join decision on step.decision_id = decision.decision_id
    where decision.effective_on <= $as_of
    group by step.reading_id
)

select
    reading.reading_id,
    reading.account_number,
    reading.credit_date,
    reading.credit_balance,
    reading.cause,
    reading.disposition,
    reading.owed_to,
    decision.reason,
    reading.evidence,
    decision.decided_by as read_by,
    decision.decided_at,
    decision.effective_on as read_on,
    reading.audit_cause,
    reading.audit_disposition,
    reading.audit_evidence,
    steps.agreed_by,
    steps.withdrawn_by,
    steps.withdrawn_on,
    steps.withdrawn_because,
    row_number() over (partition by reading.account_number order by reading.reading_id desc) as newness
from credit_reading as reading
inner join decision on reading.decision_id = decision.decision_id
left join steps on reading.reading_id = steps.reading_id
where decision.effective_on <= $as_of
    and ($account_number is null or reading.account_number = $account_number)
order by reading.reading_id desc
