-- One reading of a credit as it stands now, with the newest reading of the same account.
--
-- grain:   one row, or none
-- key:     reading_id
-- params:  reading_id (integer)
-- example: reading_id = 1
-- units:   none; newest_id is the account's newest reading
select
    reading.reading_id,
    reading.account_number,
    reading.credit_date,
    reading.disposition,
    reading.owed_to,
    decision.decided_by as read_by,
    (select max(other.reading_id) from credit_reading as other where other.account_number = reading.account_number) as newest_id,
    (
        select max(step.decision_id)
        from credit_reading_step as step
        where step.reading_id = reading.reading_id and step.step = 'withdraw'
    ) as withdrawal_id
from credit_reading as reading
inner join decision on reading.decision_id = decision.decision_id
where reading.reading_id = $reading_id
