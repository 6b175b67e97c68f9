-- Readings of credits and lists of small balances that one person alone carried where two have to.
--
-- grain:   one row per reading or list and fault
-- key:     subject, subject_id
-- params:  none
-- units:   none
select 'reading agreed by who read it' as subject, step.reading_id as subject_id
from credit_reading_step as step
inner join decision on step.decision_id = decision.decision_id
inner join credit_reading as reading on step.reading_id = reading.reading_id
inner join decision as made on reading.decision_id = made.decision_id
where step.step = 'agree' and lower(trim(decision.decided_by)) = lower(trim(made.decided_by))
union
select 'small balances approved by who listed them' as subject, step.list_id as subject_id
from small_balance_step as step
inner join decision on step.decision_id = decision.decision_id
inner join small_balance as small on step.list_id = small.list_id
inner join decision as made on small.decision_id = made.decision_id
where step.step = 'approve' and lower(trim(decision.decided_by)) = lower(trim(made.decided_by))
union
select 'small balances above their policy' as subject, list_id as subject_id
from small_balance
where amount >= below_amount
order by 1, 2
