-- The cash of a deposit slip, counted.
--
-- grain:   one row per denomination
-- key:     denomination
-- params:  slip_id (integer)
-- example: slip_id = 1
-- units:   US dollars
select
    denomination,
    piece_count,
    (denomination * piece_count)::decimal(18, 2) as amount
from deposit_slip_cash
where slip_id = $slip_id
order by denomination desc
