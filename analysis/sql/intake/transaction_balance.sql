-- Remittances whose payment is not their claims' payments less their provider adjustments (balance I3).
--
-- grain:   one row per remittance out of balance
-- key:     file_id, place
-- params:  first_file_id (integer), last_file_id (integer): the files asked about, both included
-- example: first_file_id=1, last_file_id=1000000
-- units:   US dollars; difference_amount = payment − claim payments + provider adjustments
with claimed as (
    select
        remittance_id,
        sum(paid_amount)::decimal(18, 2) as claim_payment_amount
    from claim_payment
    where file_id between $first_file_id and $last_file_id
    group by remittance_id
),

adjusted as (
    select
        remittance_id,
        sum(amount)::decimal(18, 2) as provider_adjustment_amount
    from provider_adjustment
    where file_id between $first_file_id and $last_file_id
    group by remittance_id
)

select
    remittance.file_id,
    remittance.place,
    remittance.payment_amount,
    coalesce(claimed.claim_payment_amount, 0)::decimal(18, 2) as claim_payment_amount,
    coalesce(adjusted.provider_adjustment_amount, 0)::decimal(18, 2) as provider_adjustment_amount,
    (
        remittance.payment_amount
        - coalesce(claimed.claim_payment_amount, 0)
        + coalesce(adjusted.provider_adjustment_amount, 0)
    )::decimal(18, 2) as difference_amount
from remittance
left join claimed on remittance.remittance_id = claimed.remittance_id
left join adjusted on remittance.remittance_id = adjusted.remittance_id
where remittance.file_id between $first_file_id and $last_file_id
    and remittance.source = '835'
    and remittance.payment_amount
    - coalesce(claimed.claim_payment_amount, 0)
    + coalesce(adjusted.provider_adjustment_amount, 0) <> 0
order by remittance.file_id, remittance.place
