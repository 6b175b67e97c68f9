-- The three balances of every 835: which lines, claims and the whole do not add up.
--
-- grain:   one row per remittance
-- key:     remittance_id
-- params:  none
-- units:   US dollars; transaction_difference = payment − claim payments + provider adjustments
create or replace view remittance_balances as
with line_adjusted as (
    select service_payment_id, sum(amount)::decimal(18, 2) as adjustment_amount
    from claim_adjustment
    where service_payment_id is not null
    group by service_payment_id
),

lines as (
    select
        line.remittance_id,
        count(*) as service_lines,
        count(
            case
                when line.charge_amount - coalesce(line_adjusted.adjustment_amount, 0) = line.paid_amount then null else 1
            end
        ) as lines_out
    from service_payment as line
    left join line_adjusted on line.service_payment_id = line_adjusted.service_payment_id
    group by line.remittance_id
),

claim_adjusted as (
    select claim_payment_id, sum(amount)::decimal(18, 2) as adjustment_amount
    from claim_adjustment
    group by claim_payment_id
),

claimed as (
    select
        claim.remittance_id,
        count(*) as claims,
        sum(claim.charge_amount)::decimal(18, 2) as charge_amount,
        sum(claim.paid_amount)::decimal(18, 2) as claim_payment_amount,
        count(
            case
                when claim.charge_amount - coalesce(claim_adjusted.adjustment_amount, 0) = claim.paid_amount then null else 1
            end
        ) as claims_out
    from claim_payment as claim
    left join claim_adjusted on claim.claim_payment_id = claim_adjusted.claim_payment_id
    group by claim.remittance_id
),

withheld as (
    select remittance_id, sum(amount)::decimal(18, 2) as provider_adjustment_amount
    from provider_adjustment
    group by remittance_id
)

select
    remittance.remittance_id,
    coalesce(claimed.claims, 0) as claims,
    coalesce(lines.service_lines, 0) as service_lines,
    coalesce(claimed.charge_amount, 0)::decimal(18, 2) as charge_amount,
    coalesce(claimed.claim_payment_amount, 0)::decimal(18, 2) as claim_payment_amount,
    coalesce(withheld.provider_adjustment_amount, 0)::decimal(18, 2) as provider_adjustment_amount,
    case when remittance.source = '835' then coalesce(lines.lines_out, 0) else 0 end as service_lines_out_of_balance,
    case when remittance.source = '835' then coalesce(claimed.claims_out, 0) else 0 end as claims_out_of_balance,
    (
        coalesce(remittance.payment_amount, 0)
        - coalesce(claimed.claim_payment_amount, 0)
        + coalesce(withheld.provider_adjustment_amount, 0)
    )::decimal(18, 2) as transaction_difference,
    remittance.payment_amount is not null
    and remittance.payment_amount
    - coalesce(claimed.claim_payment_amount, 0)
    + coalesce(withheld.provider_adjustment_amount, 0) = 0
    and (
        remittance.source <> '835' or (coalesce(lines.lines_out, 0) = 0 and coalesce(claimed.claims_out, 0) = 0)
    ) as in_balance
from remittance
left join lines on remittance.remittance_id = lines.remittance_id
left join claimed on remittance.remittance_id = claimed.remittance_id
left join withheld on remittance.remittance_id = withheld.remittance_id
