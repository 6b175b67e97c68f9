-- Payments announced whose money no confirmed match ties to deposits in full: what the matching rules may still take.
--
-- grain:   one row per remittance
-- key:     remittance_id
-- params:  none
-- units:   US dollars not yet linked to deposits; payment_number counts business days
-- note:    what is paid in another currency is matched to nothing: its deposit is not counted either; a run of the rules copies this view as it does open_deposits
create or replace view open_remittances as
with linked as (
    select fact_id, sum(linked_amount)::decimal(18, 2) as linked_amount
    from linked_amounts
    where side = 'remittance' and other_side = 'bank'
    group by fact_id
)

select
    remittance.remittance_id,
    remittance.fact_id,
    remittance.file_id,
    remittance.known_on,
    (remittance.amount - coalesce(linked.linked_amount, 0))::decimal(18, 2) as open_amount,
    remittance.amount,
    remittance.payment_date,
    remittance.payment_number,
    remittance.trace_key,
    remittance.trace_number,
    remittance.payer_name,
    remittance.payment_method,
    remittance.payee_bank_account,
    remittance.interchange_sender_id,
    remittance.payer_key_1,
    remittance.payer_key_2,
    remittance.payer_key_3
from remittance_keys as remittance
left join linked on remittance.fact_id = linked.fact_id
where remittance.amount > coalesce(linked.linked_amount, 0) and remittance.currency = 'USD'
