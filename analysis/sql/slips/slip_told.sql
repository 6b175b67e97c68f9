-- One deposit slip as it stands now.
--
-- grain:   one row, or none
-- key:     slip_id
-- params:  slip_id (integer)
-- example: slip_id = 1
-- units:   US dollars; times in UTC
select
    slip_id,
    slip_number,
    slip_date,
    bank_account,
    lockbox_number,
    status,
    cash_amount,
    check_amount,
    check_count,
    total_amount,
    prepared_by,
    prepared_at,
    deposited_by,
    deposited_at
from deposit_slips
where slip_id = $slip_id
