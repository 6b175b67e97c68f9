-- Every receipt on a deposit slip that was not voided.
--
-- grain:   one row per receipt on a standing slip
-- key:     receipt_id
-- params:  none
-- units:   US dollars: the receipt's amount when the slip was made
create or replace view slip_receipts as
with steps as (
    select
        decision.subject_id,
        max(case when decision.action = 'void' then 1 else 0 end) as is_void
    from decision
    inner join reporting_day on decision.effective_on <= reporting_day.day
    where decision.subject_type = 'slip'
    group by decision.subject_id
)

select
    item.receipt_id,
    item.slip_id,
    slip.slip_number,
    item.amount
from deposit_slip_receipt as item
inner join deposit_slip as slip on item.slip_id = slip.slip_id
inner join steps on steps.subject_id = cast(item.slip_id as varchar) and steps.is_void = 0
