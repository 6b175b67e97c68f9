-- Bank credits and payments announced with what they can be matched by, and what batches name, copied for a run.
--
-- grain:   a statement, working tables made
-- key:     none
-- params:  as_of (date): later facts are not yet known
-- units:   US dollars
create temp table deposit_keys as
select
    bank_transaction_id,
    fact_id,
    file_id,
    known_on,
    amount,
    posted_date,
    posted_number,
    bank_account,
    line_kind,
    bank_reference,
    company_key,
    company_name,
    item_count,
    has_trace,
    told_by_entry_id
from deposit_keys
where known_on <= $as_of;
create temp table remittance_keys as
select
    remittance_id,
    fact_id,
    file_id,
    known_on,
    amount,
    currency,
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
from remittance_keys
where known_on <= $as_of;
create temp table batch_advice as
select
    batch_id,
    remittance_id,
    known_on,
    trace_number,
    posted_amount,
    payment_amount,
    is_without_deposit,
    namesakes,
    equal_namesakes
from batch_advice
where known_on <= $as_of
