-- Every provider-level adjustment.
--
-- grain:   one row per reason and amount of a PLB
-- key:     file_id, place, position
-- params:  none
-- units:   US dollars; positive reduces the payment
create or replace view provider_adjustments as
select
    file_id,
    place,
    position,
    remittance_id,
    provider_id,
    fiscal_period_date,
    reason_code,
    reference_id,
    amount
from provider_adjustment
