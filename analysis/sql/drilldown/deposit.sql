-- One bank line.
--
-- grain:   one row, or none
-- key:     bank_transaction_id
-- params:  bank_transaction_id (integer)
-- example: bank_transaction_id=1
-- units:   US dollars
select
    bank_transaction_id,
    bank_account,
    posted_date,
    value_date,
    amount,
    type_code,
    line_kind,
    bank_reference,
    customer_reference,
    company_name,
    company_id,
    description,
    not_counted,
    file_name,
    file_id,
    place,
    last_place
from bank_transactions
where bank_transaction_id = $bank_transaction_id
