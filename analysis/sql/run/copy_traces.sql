-- Trace candidates of the bank credits that the rules may take, copied for a run.
--
-- grain:   a statement, a working table made
-- key:     none
-- params:  none
-- units:   none
create temp table open_traces as
select
    bank_transaction_id,
    trace_key,
    found_in
from open_traces
