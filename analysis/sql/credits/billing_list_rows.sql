-- The instructions of one list, as the billing system gets them.
--
-- grain:   one row per instruction of the list
-- key:     instruction_id
-- params:  list_id (integer)
-- example: list_id = 1
-- units:   US dollars; only what cannot change afterwards, as the hash is over it
select
    'TI' || lpad(cast(instruction_id as varchar), 7, '0') as instruction_number,
    instruction_id,
    kind,
    account_number,
    amount,
    to_account,
    transaction_id,
    transaction_date,
    payer_name,
    reference,
    instruction,
    credit_date,
    facility,
    list_id
from billing_instruction
where list_id = $list_id
order by instruction_id
