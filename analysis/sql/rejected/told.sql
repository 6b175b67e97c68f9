-- One claim as it stands at this moment, with the version that a step must name.
--
-- grain:   one row, none where there is no such claim
-- key:     claim_payment_id
-- params:  claim_payment_id (integer)
-- example: claim_payment_id=1
-- units:   US dollars; version 0 while nothing was done with it
select
    claim.claim_payment_id,
    coalesce(claim.paid_amount, 0)::decimal(18, 2) as amount,
    remittance.payment_date,
    coalesce(standing.version, 0) as version,
    coalesce(standing.standing, 'open') as standing,
    standing.sent_by,
    standing.account_number
from claim_payment as claim
inner join remittance on claim.remittance_id = remittance.remittance_id
left join rejected_standing as standing on claim.claim_payment_id = standing.claim_payment_id
where claim.claim_payment_id = $claim_payment_id
