-- Remittances that the rules may take, copied for a run.
--
-- grain:   a statement, a working table made
-- key:     none
-- params:  as_of (date): later facts are not yet known
-- units:   US dollars
-- note:    not those that a person gave back; those held stay until the rules have judged, for they may be what others tie with
create temp table open_remittances as
select
    remittance_id,
    fact_id,
    file_id,
    known_on,
    open_amount,
    payment_date,
    payment_number,
    trace_key,
    trace_number,
    payer_name,
    payment_method,
    payee_bank_account,
    interchange_sender_id,
    payer_key_1,
    payer_key_2,
    payer_key_3
from open_remittances
where known_on <= $as_of
    and fact_id not in (select held_facts.fact_id from held_facts where held_facts.side = 'remittance' and held_facts.standing = 'returned')
