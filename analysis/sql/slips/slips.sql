-- The deposit slips in their order, with the last day on which the bank should show each.
--
-- grain:   one row per slip
-- key:     slip_number
-- params:  as_of (date): slips of later days are not there yet; bank_days (integer): business days until the bank shows it
-- example: as_of=2026-11-13, bank_days=3
-- units:   US dollars
with days as (
    select business_number, min(calendar_day) as calendar_day
    from bank_day
    group by business_number
)

select
    slip.slip_id,
    slip.slip_number,
    slip.slip_date,
    slip.bank_account,
    slip.lockbox_number,
    slip.status,
    slip.cash_amount,
    slip.check_amount,
    slip.check_count,
    slip.total_amount,
    slip.prepared_by,
    slip.deposited_by,
    slip.voided_for,
    days.calendar_day as expected_by
from deposit_slips as slip
inner join bank_day on slip.slip_date = bank_day.calendar_day
left join days on days.business_number = bank_day.business_number + $bank_days
where slip.slip_date <= $as_of
order by slip.slip_date, slip.slip_number
