-- Every remittance: an 835 payment, or one keyed from paper. The same payment in another envelope is marked, not dropped.
--
-- grain:   one row per payment as it came; count money where duplicate_of is null
-- key:     remittance_id
-- params:  none
-- units:   US dollars, but for what names another currency
-- note:    `remittance_tellings` says what is a duplicate, and of what;
--          handling H, method NON, a debit or no money means that no deposit is to be expected
create or replace view remittances as
select
    remittance.remittance_id,
    remittance.file_id,
    source_file.file_name,
    remittance.place,
    remittance.last_place,
    remittance.source,
    told.known_on,
    remittance.trace_number,
    remittance.trace_key,
    remittance.payer_name,
    remittance.payer_id,
    coalesce(remittance.trace_payer_id, remittance.originating_company_id, remittance.payer_id, upper(remittance.payer_name))
        as payer_key,
    remittance.trace_payer_id,
    remittance.trace_supplement,
    remittance.originating_company_id,
    remittance.handling_code,
    remittance.payment_method,
    remittance.payment_format,
    remittance.payment_date,
    remittance.production_date,
    remittance.payment_amount,
    remittance.credit_debit_flag,
    coalesce(nullif(upper(trim(remittance.currency)), ''), 'USD') as currency,
    remittance.payee_name,
    remittance.payee_id,
    remittance.payee_tax_id,
    remittance.payee_routing_number,
    remittance.payee_bank_account,
    remittance.payer_address,
    remittance.payer_city,
    remittance.payer_state,
    remittance.payer_zip,
    remittance.payer_contact_name,
    remittance.payer_contact_number,
    remittance.interchange_control_number,
    remittance.interchange_sender_id,
    remittance.transaction_control_number,
    remittance.usage_indicator,
    remittance.version,
    told.duplicate_of,
    coalesce(remittance.payment_amount, 0) <= 0
    or coalesce(remittance.credit_debit_flag, 'C') = 'D'
    or coalesce(remittance.handling_code, '') in ('H', 'P')
    or coalesce(remittance.payment_method, '') = 'NON' as is_without_deposit
from remittance
inner join remittance_tellings as told on remittance.remittance_id = told.remittance_id
inner join source_file on remittance.file_id = source_file.file_id
