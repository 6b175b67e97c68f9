-- What each 835 file holds: rows by table and dollars.
--
-- grain:   one row per 835 file
-- key:     file_id
-- params:  first_file_id (integer), last_file_id (integer): the files asked about, both included
-- example: first_file_id=1, last_file_id=1000000
-- units:   counts of rows; US dollars
with paid as (
    select file_id, count(*) as remittances, sum(payment_amount)::decimal(18, 2) as payment_amount
    from remittance
    where file_id between $first_file_id and $last_file_id and source = '835'
    group by file_id
),

claimed as (
    select
        file_id,
        count(*) as claims,
        sum(charge_amount)::decimal(18, 2) as claim_charge_amount,
        sum(paid_amount)::decimal(18, 2) as claim_payment_amount
    from claim_payment
    where file_id between $first_file_id and $last_file_id
    group by file_id
),

serviced as (
    select file_id, count(*) as service_lines
    from service_payment
    where file_id between $first_file_id and $last_file_id
    group by file_id
),

adjusted as (
    select file_id, count(*) as adjustments
    from claim_adjustment
    where file_id between $first_file_id and $last_file_id
    group by file_id
),

withheld as (
    select file_id, count(*) as provider_adjustments, sum(amount)::decimal(18, 2) as provider_adjustment_amount
    from provider_adjustment
    where file_id between $first_file_id and $last_file_id
    group by file_id
)

select
    paid.file_id,
    paid.remittances,
    coalesce(claimed.claims, 0) as claims,
    coalesce(serviced.service_lines, 0) as service_lines,
    coalesce(adjusted.adjustments, 0) as adjustments,
    coalesce(withheld.provider_adjustments, 0) as provider_adjustments,
    coalesce(paid.payment_amount, 0)::decimal(18, 2) as payment_amount,
    coalesce(claimed.claim_charge_amount, 0)::decimal(18, 2) as claim_charge_amount,
    coalesce(claimed.claim_payment_amount, 0)::decimal(18, 2) as claim_payment_amount,
    coalesce(withheld.provider_adjustment_amount, 0)::decimal(18, 2) as provider_adjustment_amount
from paid
left join claimed on paid.file_id = claimed.file_id
left join serviced on paid.file_id = serviced.file_id
left join adjusted on paid.file_id = adjusted.file_id
left join withheld on paid.file_id = withheld.file_id
order by paid.file_id
