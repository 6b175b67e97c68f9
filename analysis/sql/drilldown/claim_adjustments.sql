-- The adjustments of one claim, at claim level and by line.
--
-- grain:   one row per group, reason and amount
-- key:     file_id, place, position
-- params:  claim_payment_id (integer)
-- example: claim_payment_id=1
-- units:   US dollars; positive reduces the payment
select
    adjustment.group_code,
    adjustment.reason_code,
    adjustment.amount,
    adjustment.quantity,
    case when adjustment.service_payment_id is null then 'claim' else 'line' end as level,
    line.procedure_code,
    adjustment.file_id,
    adjustment.place,
    adjustment.position
from adjustments as adjustment
left join service_payments as line on adjustment.service_payment_id = line.service_payment_id
where adjustment.claim_payment_id = $claim_payment_id
order by adjustment.place, adjustment.position
