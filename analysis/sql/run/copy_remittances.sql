-- Remittances that the rules may take, copied for a run.
--
-- grain:   a statement, a working table made
-- key:     none
-- params:  as_of (date): later facts are not yet known
-- units:   US dollars
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
    interchange_sender_id,
    payer_key_1,
    payer_key_2,
    payer_key_3
from open_remittances
where known_on <= $as_of
