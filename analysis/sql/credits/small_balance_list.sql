-- One list of small credits as it stands now: who listed them, and the last step with it.
--
-- grain:   one row per account of the list
-- key:     account_number
-- params:  list_id (integer)
-- example: list_id = 1
-- units:   US dollars; step is null while nobody approved or declined it
select
    small.list_id,
    small.account_number,
    small.credit_date,
    small.amount,
    small.is_ticked,
    decision.decided_by as listed_by,
    (
        select max(step.step)
        from small_balance_step as step
        where step.list_id = small.list_id
    ) as step
from small_balance as small
inner join decision on small.decision_id = decision.decision_id
where small.list_id = $list_id
order by small.account_number
