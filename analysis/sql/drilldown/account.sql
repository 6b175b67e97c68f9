-- One account as its newest extract tells it.
--
-- grain:   one row, or none
-- key:     account_number
-- params:  account_number (text)
-- example: account_number='CHE1044030'
-- units:   US dollars; a credit balance is negative
select
    account_id,
    account_number,
    patient_name,
    facility,
    financial_class,
    primary_payer_name,
    secondary_payer_name,
    service_from,
    service_to,
    total_charges,
    balance,
    credit_date,
    last_payment_date,
    state,
    extract_date
from accounts
where account_number = $account_number
order by extract_date desc
limit 1
