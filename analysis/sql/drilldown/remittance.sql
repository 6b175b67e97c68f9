-- One remittance with its balances.
--
-- grain:   one row, or none
-- key:     remittance_id
-- params:  remittance_id (integer)
-- example: remittance_id=1
-- units:   US dollars
select
    remittance.remittance_id,
    remittance.trace_number,
    remittance.payer_name,
    remittance.payer_key as payer_id,
    remittance.payee_name,
    remittance.payee_id,
    remittance.payment_method,
    remittance.handling_code,
    remittance.payment_date,
    remittance.production_date,
    remittance.payment_amount,
    balances.claims,
    balances.service_lines,
    balances.charge_amount,
    balances.claim_payment_amount,
    balances.provider_adjustment_amount,
    balances.service_lines_out_of_balance,
    balances.claims_out_of_balance,
    balances.transaction_difference,
    balances.in_balance,
    remittance.duplicate_of,
    remittance.is_without_deposit,
    remittance.source,
    remittance.file_name,
    remittance.file_id,
    remittance.place,
    remittance.last_place
from remittances as remittance
inner join remittance_balances as balances on remittance.remittance_id = balances.remittance_id
where remittance.remittance_id = $remittance_id
