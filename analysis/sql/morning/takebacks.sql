-- What payers took back: provider adjustments that reduce a payment, and reversed claims.
--
-- grain:   one row per provider adjustment above zero, or per reversed claim
-- key:     kind, file_id, place, position
-- params:  as_of (date): what became known later does not exist yet; since (date): nor what was known before
-- example: as_of=2026-11-13, since=2026-10-31
-- units:   US dollars taken, positive
-- note:    of remittances that repeat another, nothing is counted
with advice as (
    select remittance_id, payer_name, trace_number, known_on
    from remittances
    where duplicate_of is null and known_on between $since and $as_of
)

select
    'provider_adjustment' as kind,
    adjustment.reason_code,
    advice.payer_name,
    adjustment.reference_id as reference,
    adjustment.amount,
    advice.known_on as day,
    advice.trace_number,
    advice.remittance_id,
    adjustment.file_id,
    adjustment.place,
    adjustment.position
from provider_adjustments as adjustment
inner join advice on adjustment.remittance_id = advice.remittance_id
where adjustment.amount > 0
union all
select
    'reversal' as kind,
    'reversal' as reason_code,
    advice.payer_name,
    claim.payer_claim_control_number as reference,
    (-coalesce(claim.paid_amount, 0))::decimal(18, 2) as amount,
    advice.known_on as day,
    advice.trace_number,
    advice.remittance_id,
    claim.file_id,
    claim.place,
    0 as position
from claim_payments as claim
inner join advice on claim.remittance_id = advice.remittance_id
where claim.claim_status = '22'
order by amount desc, file_id, place, position
