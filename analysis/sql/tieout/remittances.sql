-- Every remittance known on a day, with its claims, its provider adjustments and its three balances.
--
-- grain:   one row per remittance as it came, duplicates marked
-- key:     remittance_id
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; transaction_difference = payment − claim payments + provider adjustments
select
    remittance.remittance_id,
    remittance.file_name as file,
    remittance.trace_number,
    remittance.payer_name,
    coalesce(remittance.trace_payer_id, remittance.payer_id) as payer_id,
    remittance.payment_method,
    remittance.handling_code,
    remittance.payment_date,
    remittance.payment_amount,
    balances.claims,
    balances.charge_amount,
    balances.claim_payment_amount,
    balances.provider_adjustment_amount,
    balances.service_lines_out_of_balance,
    balances.claims_out_of_balance,
    balances.transaction_difference,
    balances.in_balance,
    remittance.duplicate_of is not null as is_duplicate,
    remittance.duplicate_of,
    remittance.source,
    remittance.file_id,
    remittance.place,
    remittance.last_place
from remittances as remittance
inner join remittance_balances as balances on remittance.remittance_id = balances.remittance_id
where remittance.known_on <= $as_of
order by remittance.payment_date, remittance.payer_name, remittance.trace_number, remittance.remittance_id
