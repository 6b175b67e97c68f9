-- What a letter to each payee of an exported list of refunds says.
--
-- grain:   one row per refund of the list to payees of that kind
-- key:     payment_id
-- params:  export_id (integer); payee_type (text): PAYER or PATIENT
--          as_of (date): cheques and remittances of later days do not exist yet
-- example: export_id = 1, payee_type = 'PAYER'
-- units:   US dollars; payer_claim_number and payer_payment_number are what the payer's remittances of the account name (by
--          semicolons, none where it is the patient's); service days from its claims, else from the account's extract
with listed as (
    select
        refund.refund_id,
        refund.version,
        refund.account_number,
        ltrim(upper(refund.account_number), '0') as account_key,
        refund.payee_type,
        refund.payee_name,
        refund.payee_address,
        refund.amount,
        refund.reason,
        refund.evidence,
        exported.effective_on as exported_on,
        step.export_id
    from refund_step as step
    inner join refund on step.refund_id = refund.refund_id and step.version = refund.version
    inner join decision as exported on step.decision_id = exported.decision_id
    where step.step = 'export' and step.export_id = $export_id and refund.payee_type = $payee_type
),

cheques as (
    select
        step.refund_id,
        step.version,
        max(step.reference) as cheque_number,
        max(step.on_date) as cheque_date
    from refund_step as step
    inner join decision on step.decision_id = decision.decision_id
    where step.step = 'issue' and decision.effective_on <= $as_of
    group by step.refund_id, step.version
),

claims as (
    select
        listed.refund_id,
        string_agg(distinct claim.payer_claim_control_number, '; ' order by claim.payer_claim_control_number)
            as payer_claim_number,
        string_agg(distinct remittance.trace_number, '; ' order by remittance.trace_number) as payer_payment_number,
        min(claim.statement_from) as service_from,
        max(claim.statement_to) as service_to
    from listed
    inner join claim_payments as claim on listed.account_key = ltrim(upper(claim.claim_id), '0')
    inner join remittances as remittance on claim.remittance_id = remittance.remittance_id
    where listed.payee_type = 'PAYER'
        and remittance.duplicate_of is null
        and remittance.known_on <= $as_of
        and upper(trim(remittance.payer_name)) = upper(trim(listed.payee_name))
    group by listed.refund_id
),

extracts as (
    select
        listed.refund_id,
        account.patient_name,
        account.service_from,
        account.service_to,
        account.facility,
        row_number() over (partition by listed.refund_id order by account.extract_date desc) as newness
    from listed
    inner join accounts as account on listed.account_number = account.account_number
    where account.extract_date <= $as_of
)

select
    listed.payee_name,
    listed.payee_address,
    'TR' || lpad(cast(listed.refund_id as varchar), 7, '0') as payment_id,
    listed.account_number,
    extracts.patient_name,
    claims.payer_claim_number,
    claims.payer_payment_number,
    coalesce(claims.service_from, extracts.service_from) as service_from,
    coalesce(claims.service_to, extracts.service_to) as service_to,
    listed.amount,
    listed.reason,
    listed.evidence,
    cheques.cheque_number,
    cheques.cheque_date,
    extracts.facility,
    listed.exported_on,
    listed.export_id
from listed
left join cheques on listed.refund_id = cheques.refund_id and listed.version = cheques.version
left join claims on listed.refund_id = claims.refund_id
left join extracts on listed.refund_id = extracts.refund_id and extracts.newness = 1
order by listed.payee_name, listed.payee_address, listed.refund_id
