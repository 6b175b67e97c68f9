-- The lines of the paper remittances keyed with a batch, in their order, void ones too.
--
-- grain:   one row per line of a paper remittance
-- key:     line_number, claim_number
-- params:  keyed_batch_id (integer)
-- example: keyed_batch_id = 1
-- units:   US dollars
select
    line_number,
    claim_number,
    version,
    claim_id,
    charge_amount,
    paid_amount,
    patient_responsibility,
    payer_claim_control_number,
    is_void
from keyed_claims
where keyed_batch_id = $keyed_batch_id
order by line_number, claim_number
