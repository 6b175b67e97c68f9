-- One claim and the segments of its file that it spans.
--
-- grain:   one row, or none
-- key:     claim_payment_id
-- params:  claim_payment_id (integer)
-- example: claim_payment_id=1
-- units:   US dollars; last_place is the segment before the next claim, or before the remittance's PLB or SE
select
    claim.claim_payment_id,
    claim.remittance_id,
    claim.claim_id,
    claim.claim_status,
    claim.patient_last_name,
    claim.patient_first_name,
    claim.patient_id,
    claim.charge_amount,
    claim.paid_amount,
    claim.patient_responsibility,
    claim.payer_claim_control_number,
    claim.file_id,
    claim.place,
    coalesce(
        (
            select min(following.place) - 1
            from claim_payments as following
            where following.remittance_id = claim.remittance_id and following.place > claim.place
        ),
        (
            select min(adjustment.place) - 1
            from provider_adjustments as adjustment
            where adjustment.remittance_id = claim.remittance_id
        ),
        remittance.last_place - case when remittance.source = '835' then 1 else 0 end
    ) as last_place
from claim_payments as claim
inner join remittances as remittance on claim.remittance_id = remittance.remittance_id
where claim.claim_payment_id = $claim_payment_id
