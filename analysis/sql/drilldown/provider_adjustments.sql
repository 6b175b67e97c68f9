-- The provider-level adjustments of one remittance.
--
-- grain:   one row per PLB pair
-- key:     file_id, place, position
-- params:  remittance_id (integer)
-- example: remittance_id=1
-- units:   US dollars; positive reduces the payment
select
    reason_code,
    reference_id,
    amount,
    provider_id,
    fiscal_period_date,
    file_id,
    place,
    position
from provider_adjustments
where remittance_id = $remittance_id
order by place, position
