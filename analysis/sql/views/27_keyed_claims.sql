-- Every line keyed from a paper remittance, in its newest version; void ones say so.
--
-- grain:   one row per line of a paper remittance
-- key:     keyed_batch_id, line_number, claim_number
-- params:  none
-- units:   US dollars; keyed_at in UTC
create or replace view keyed_claims as
with ranked as (
    select
        keyed_batch_id,
        line_number,
        claim_number,
        max(version) as version
    from keyed_claim
    group by keyed_batch_id, line_number, claim_number
)

select
    claim.keyed_batch_id,
    claim.line_number,
    claim.claim_number,
    claim.version,
    claim.claim_id,
    claim.charge_amount,
    claim.paid_amount,
    claim.patient_responsibility,
    claim.payer_claim_control_number,
    claim.is_void,
    claim.keyed_by,
    claim.keyed_at
from keyed_claim as claim
inner join ranked
    on claim.keyed_batch_id = ranked.keyed_batch_id
    and claim.line_number = ranked.line_number
    and claim.claim_number = ranked.claim_number
    and claim.version = ranked.version
