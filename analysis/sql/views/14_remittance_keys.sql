-- Every payment announced for which a deposit is to come, with what it can be matched by.
--
-- grain:   one row per remittance that counts
-- key:     remittance_id
-- params:  none
-- units:   US dollars, but for what names another currency; payment_number counts business days
-- note:    the payer_keys are the payer's ids without the 1 that stands before a tax number
create or replace view remittance_keys as
select
    remittance.remittance_id,
    cast(remittance.remittance_id as varchar) as fact_id,
    remittance.file_id,
    remittance.known_on,
    remittance.payment_amount as amount,
    remittance.currency,
    coalesce(remittance.payment_date, remittance.known_on) as payment_date,
    bank_day.business_number as payment_number,
    remittance.trace_key,
    remittance.trace_number,
    remittance.payer_name,
    remittance.payment_method,
    remittance.payee_bank_account,
    remittance.interchange_sender_id,
    case
        when length(remittance.trace_payer_id) = 10 and left(remittance.trace_payer_id, 1) = '1'
            then substring(remittance.trace_payer_id, 2)
        else upper(remittance.trace_payer_id)
    end as payer_key_1,
    case
        when length(remittance.originating_company_id) = 10 and left(remittance.originating_company_id, 1) = '1'
            then substring(remittance.originating_company_id, 2)
        else upper(remittance.originating_company_id)
    end as payer_key_2,
    case
        when length(remittance.payer_id) = 10 and left(remittance.payer_id, 1) = '1' then substring(remittance.payer_id, 2)
        else upper(remittance.payer_id)
    end as payer_key_3
from remittances as remittance
inner join bank_day on coalesce(remittance.payment_date, remittance.known_on) = bank_day.calendar_day
where remittance.duplicate_of is null and not remittance.is_without_deposit
