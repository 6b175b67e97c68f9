-- What payers said of each account in credit: every claim of a remittance that counts and names the account.
--
-- grain:   one row per claim of a remittance
-- key:     claim_payment_id
-- params:  as_of (date): remittances of later days are not yet known
--          account_number (text): only this account's; null for all
-- example: account_number = null
-- units:   US dollars; contractual_amount is group CO, prior_payer_amount OA-23, both at claim and line level; where no
--          adjustment is told, contractual_amount is what payment and patient's share leave of the charge
with told as (
    select
        account.account_number,
        claim.claim_payment_id,
        remittance.remittance_id,
        remittance.payer_name,
        remittance.trace_number,
        remittance.known_on,
        remittance.payment_date,
        claim.claim_status,
        claim.payer_claim_control_number,
        claim.charge_amount,
        claim.paid_amount,
        claim.patient_responsibility,
        claim.interest_amount
    from credit_accounts as account
    inner join claim_payments as claim on account.account_key = ltrim(upper(claim.claim_id), '0')
    inner join remittances as remittance on claim.remittance_id = remittance.remittance_id
    where remittance.duplicate_of is null
        and remittance.known_on <= $as_of
        and coalesce(claim.claim_status, '') not in ('23', '25')
        and ($account_number is null or account.account_number = $account_number)
),

adjusted as (
    select
        told.claim_payment_id,
        sum(case when adjustment.group_code = 'CO' then adjustment.amount else 0 end)::decimal(18, 2) as contractual_amount,
        sum(
            case when adjustment.group_code = 'OA' and adjustment.reason_code = '23' then adjustment.amount else 0 end
        )::decimal(18, 2) as prior_payer_amount
    from told
    inner join adjustments as adjustment on told.claim_payment_id = adjustment.claim_payment_id
    group by told.claim_payment_id
)

select
    told.account_number,
    told.claim_payment_id,
    told.remittance_id,
    told.payer_name,
    told.trace_number,
    told.known_on,
    told.payment_date,
    told.claim_status,
    told.payer_claim_control_number,
    told.charge_amount,
    told.paid_amount,
    coalesce(told.patient_responsibility, 0)::decimal(18, 2) as patient_amount,
    coalesce(told.interest_amount, 0)::decimal(18, 2) as interest_amount,
    coalesce(
        adjusted.contractual_amount, told.charge_amount - told.paid_amount - told.patient_responsibility, 0
    )::decimal(18, 2) as contractual_amount,
    coalesce(adjusted.prior_payer_amount, 0)::decimal(18, 2) as prior_payer_amount
from told
left join adjusted on told.claim_payment_id = adjusted.claim_payment_id
order by told.account_number, told.known_on, told.claim_payment_id
