-- What a letter about a remittance says of it.
--
-- grain:   one row, or none
-- key:     remittance_id
-- params:  fact_id (integer): the remittance's id
-- example: fact_id = 1
-- units:   US dollars; payment_method is the 835's code
select
    remittance.remittance_id,
    remittance.payer_name,
    remittance.payer_id,
    remittance.trace_payer_id,
    remittance.trace_number,
    remittance.payment_date,
    remittance.payment_amount,
    remittance.payment_method,
    remittance.payee_name,
    (select count(*) from claim_payments as claim where claim.remittance_id = $fact_id) as claim_count
from remittances as remittance
where remittance.remittance_id = $fact_id
