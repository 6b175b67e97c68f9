-- The claims of the remittances that are followed whole, and the provider adjustments of all that are followed.
--
-- grain:   one row per fact
-- key:     what, seed_id
-- params:  as_of (date): later remittances do not exist yet
-- units:   none
select 'claim' as what, cast(claim.claim_payment_id as varchar) as seed_id, false as is_whole
from claim_payments as claim
inner join remittances as remittance on claim.remittance_id = remittance.remittance_id
inner join traced_facts as traced
    on traced.what = 'remittance' and cast(claim.remittance_id as varchar) = traced.seed_id and traced.is_whole
where remittance.known_on <= $as_of
union all
select
    'provider_adjustment' as what,
    cast(adjustment.file_id as varchar) || '-' || cast(adjustment.place as varchar)
    || '-' || cast(adjustment.position as varchar) as seed_id,
    false as is_whole
from provider_adjustments as adjustment
inner join remittances as remittance on adjustment.remittance_id = remittance.remittance_id
inner join traced_facts as traced
    on traced.what = 'remittance' and cast(adjustment.remittance_id as varchar) = traced.seed_id
where remittance.known_on <= $as_of
