-- What a letter about a bank line says of it.
--
-- grain:   one row, or none
-- key:     bank_transaction_id
-- params:  fact_id (integer): the bank line's id
-- example: fact_id = 1
-- note:    the reference is the bank's, else the customer's, else the trace (TRN) that the bank's text tells
-- units:   US dollars; account_ending: the last four characters of the account
select
    bank_transaction_id,
    amount as deposit_amount,
    coalesce(posted_date, value_date) as deposit_date,
    right(bank_account, 4) as account_ending,
    coalesce(
        nullif(trim(bank_reference), ''),
        nullif(trim(customer_reference), ''),
        (
            select min(trace.trace_key)
            from bank_trace as trace
            where trace.bank_transaction_id = $fact_id and trace.found_in in ('trn_segment', 'trn_segment_unspaced')
        )
    ) as bank_reference,
    company_name,
    company_id,
    nullif(trim(description), '') as bank_text
from bank_transactions
where bank_transaction_id = $fact_id
