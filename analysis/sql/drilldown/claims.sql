-- The claims of one remittance, each with its balance.
--
-- grain:   one row per claim
-- key:     claim_payment_id
-- params:  remittance_id (integer)
-- example: remittance_id=1
-- units:   US dollars; difference_amount = charge − adjustments − paid
with adjusted as (
    select claim_payment_id, sum(amount)::decimal(18, 2) as adjustment_amount
    from adjustments
    where remittance_id = $remittance_id
    group by claim_payment_id
)

select
    claim.claim_payment_id,
    claim.claim_id,
    claim.claim_status,
    claim.patient_last_name,
    claim.patient_first_name,
    claim.statement_from,
    claim.statement_to,
    claim.charge_amount,
    coalesce(adjusted.adjustment_amount, 0)::decimal(18, 2) as adjustment_amount,
    claim.paid_amount,
    claim.patient_responsibility,
    (
        coalesce(claim.charge_amount, 0) - coalesce(adjusted.adjustment_amount, 0) - coalesce(claim.paid_amount, 0)
    )::decimal(18, 2) as difference_amount,
    claim.payer_claim_control_number,
    claim.inpatient_remarks,
    claim.outpatient_remarks,
    claim.file_id,
    claim.place
from claim_payments as claim
left join adjusted on claim.claim_payment_id = adjusted.claim_payment_id
where claim.remittance_id = $remittance_id
order by claim.place
