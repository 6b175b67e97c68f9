-- The version of a deposit's parked money that a decision about it must name, and when the money came.
--
-- grain:   one row, none where there is no such bank line
-- key:     bank_transaction_id
-- params:  bank_transaction_id (integer)
-- example: bank_transaction_id=1
-- units:   version 0 while nothing of it was ever parked
select
    bank_transaction_id,
    posted_date as item_date,
    coalesce(
        (
            select max(event.version)
            from parked_event as event
            where event.bank_transaction_id = bank_transactions.bank_transaction_id
        ),
        0
    ) as version
from bank_transactions
where bank_transaction_id = $bank_transaction_id
