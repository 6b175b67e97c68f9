-- What in the text of an open bank credit may be a remittance's trace.
--
-- grain:   one row per bank credit and candidate
-- key:     bank_transaction_id, trace_key
-- params:  none
-- units:   none; found_in tells how sure it is that this is a trace
create or replace view open_traces as
select
    bank_trace.bank_transaction_id,
    bank_trace.trace_key,
    bank_trace.found_in
from bank_trace
inner join open_deposits on bank_trace.bank_transaction_id = open_deposits.bank_transaction_id
