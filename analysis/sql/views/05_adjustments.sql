-- Every claim adjustment, at claim level (service_payment_id null) and at line level.
--
-- grain:   one row per group, reason and amount of a CAS
-- key:     file_id, place, position
-- params:  none
-- units:   US dollars; positive reduces the payment
create or replace view adjustments as
select
    file_id,
    place,
    position,
    remittance_id,
    claim_payment_id,
    service_payment_id,
    group_code,
    reason_code,
    amount,
    quantity
from claim_adjustment
