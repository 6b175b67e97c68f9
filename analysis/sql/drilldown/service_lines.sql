-- The service lines of one claim, each with its balance.
--
-- grain:   one row per service line
-- key:     service_payment_id
-- params:  claim_payment_id (integer)
-- example: claim_payment_id=1
-- units:   US dollars; difference_amount = charge − adjustments − paid
with adjusted as (
    select service_payment_id, sum(amount)::decimal(18, 2) as adjustment_amount
    from adjustments
    where claim_payment_id = $claim_payment_id and service_payment_id is not null
    group by service_payment_id
)

select
    line.service_payment_id,
    line.service_date,
    line.procedure_qualifier,
    line.procedure_code,
    line.modifiers,
    line.revenue_code,
    line.units_paid,
    line.charge_amount,
    coalesce(adjusted.adjustment_amount, 0)::decimal(18, 2) as adjustment_amount,
    line.paid_amount,
    (
        coalesce(line.charge_amount, 0) - coalesce(adjusted.adjustment_amount, 0) - coalesce(line.paid_amount, 0)
    )::decimal(18, 2) as difference_amount,
    line.allowed_amount,
    line.remark_codes,
    line.line_control_number,
    line.file_id,
    line.place
from service_payments as line
left join adjusted on line.service_payment_id = adjusted.service_payment_id
where line.claim_payment_id = $claim_payment_id
order by line.place
