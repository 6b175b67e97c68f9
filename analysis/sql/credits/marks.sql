-- What people recorded about credits up to a day: of each kind the last.
--
-- grain:   one row per account, day its credit began, and kind of mark
-- key:     account_number, credit_date, mark
-- params:  as_of (date): what was recorded from a later day on is not there yet
-- units:   dates; decided_at in UTC
with ranked as (
    select
        credit_mark.account_number,
        credit_mark.credit_date,
        credit_mark.mark,
        credit_mark.on_date,
        decision.decided_by,
        decision.decided_at,
        decision.reason,
        row_number() over (
            partition by credit_mark.account_number, credit_mark.credit_date, credit_mark.mark
            order by credit_mark.decision_id desc
        ) as newness
    from credit_mark
    inner join decision on credit_mark.decision_id = decision.decision_id
    where decision.effective_on <= $as_of
)

select account_number, credit_date, mark, on_date, decided_by, decided_at, reason
from ranked
where newness = 1
order by account_number, credit_date, mark
