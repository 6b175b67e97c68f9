-- Of each account in credit and insurer the claim that was paid last.
--
-- grain:   one row per account in credit and insurer that paid a claim of it
-- key:     account_number, payer_name
-- params:  as_of (date): remittances of later days are not yet known
-- units:   US dollars; type_of_bill is facility type and frequency (CLP08, CLP09), three digits
with ranked as (
    select
        account.account_number,
        remittance.payer_name,
        claim.patient_last_name,
        claim.patient_first_name,
        coalesce(claim.corrected_id, claim.insured_id, claim.patient_id) as beneficiary_identifier,
        claim.payer_claim_control_number,
        nullif(coalesce(claim.facility_type, '') || coalesce(claim.frequency_code, ''), '') as type_of_bill,
        claim.statement_from,
        claim.statement_to,
        remittance.payment_date,
        row_number() over (
            partition by account.account_number, remittance.payer_name
            order by remittance.known_on desc, claim.claim_payment_id desc
        ) as newness
    from credit_accounts as account
    inner join claim_payments as claim on account.account_key = ltrim(upper(claim.claim_id), '0')
    inner join remittances as remittance on claim.remittance_id = remittance.remittance_id
    where remittance.duplicate_of is null
        and remittance.known_on <= $as_of
        and remittance.payer_name is not null
        and claim.paid_amount > 0
)

select
    ranked.account_number,
    ranked.payer_name,
    ranked.patient_last_name,
    ranked.patient_first_name,
    ranked.beneficiary_identifier,
    ranked.payer_claim_control_number,
    ranked.type_of_bill,
    ranked.statement_from,
    ranked.statement_to,
    ranked.payment_date
from ranked
where ranked.newness = 1
order by ranked.account_number, ranked.payer_name
