-- Whether a slip number is on a slip already, one of ours or one that a file names.
--
-- grain:   one row per place where it stands
-- key:     stands_in
-- params:  slip_number (text)
-- example: slip_number = '045004'
-- units:   none
select 'a slip made here' as stands_in
from deposit_slip
where slip_number = $slip_number
union
select 'a file of receipts' as stands_in
from receipt
where deposit_slip = $slip_number
