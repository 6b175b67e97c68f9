-- Every service line of every claim, with its remark codes.
--
-- grain:   one row per service line (SVC)
-- key:     service_payment_id
-- params:  none
-- units:   US dollars; units in units of service
create or replace view service_payments as
with remarked as (
    select service_payment_id, string_agg(remark_code, ' ' order by place) as remark_codes
    from service_remark
    group by service_payment_id
)

select
    line.service_payment_id,
    line.file_id,
    line.place,
    line.remittance_id,
    line.claim_payment_id,
    line.procedure_qualifier,
    line.procedure_code,
    line.modifiers,
    line.revenue_code,
    line.original_procedure_code,
    line.charge_amount,
    line.paid_amount,
    line.units_paid,
    line.units_billed,
    line.service_date,
    line.service_from,
    line.service_to,
    line.line_control_number,
    line.policy_reference,
    line.allowed_amount,
    line.late_filing_reduction,
    remarked.remark_codes
from service_payment as line
left join remarked on line.service_payment_id = remarked.service_payment_id
