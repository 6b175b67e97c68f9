-- Claims whose charge less all their adjustments, claim and line level, is not what was paid, or that lack either (I2).
--
-- grain:   one row per claim out of balance
-- key:     file_id, place
-- params:  first_file_id (integer), last_file_id (integer): the files asked about, both included
-- example: first_file_id=1, last_file_id=1000000
-- units:   US dollars; difference_amount = charge − adjustments − paid
with adjusted as (
    select
        claim_payment_id,
        sum(amount)::decimal(18, 2) as adjustment_amount
    from claim_adjustment
    where file_id between $first_file_id and $last_file_id
    group by claim_payment_id
)
select
    claim.file_id,
    claim.place,
    claim.charge_amount,
    coalesce(adjusted.adjustment_amount, 0)::decimal(18, 2) as adjustment_amount,
    claim.paid_amount,
    (
        coalesce(claim.charge_amount, 0) - coalesce(adjusted.adjustment_amount, 0) - coalesce(claim.paid_amount, 0)
    )::decimal(18, 2) as difference_amount
from claim_payment as claim
inner join remittance on claim.remittance_id = remittance.remittance_id and remittance.source = '835'
left join adjusted on claim.claim_payment_id = adjusted.claim_payment_id
where claim.file_id between $first_file_id and $last_file_id
    and (
        claim.charge_amount is null
        or claim.paid_amount is null
        or claim.charge_amount - coalesce(adjusted.adjustment_amount, 0) <> claim.paid_amount
    )
order by claim.file_id, claim.place
