-- One lot as it stands at this moment.
--
-- grain:   one row, none where there is no such lot
-- key:     lot_id
-- params:  lot_id (integer)
-- example: lot_id=1
-- units:   US dollars
select
    lot_id,
    bank_transaction_id,
    place,
    standing,
    left_amount,
    known_as,
    known_name,
    owner,
    parked_by,
    approved_by
from parked_lots
where lot_id = $lot_id
