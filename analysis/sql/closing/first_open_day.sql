-- The first day that is open.
--
-- grain:   one row
-- key:     first_open_day
-- params:  none
-- units:   a date; the beginning of time while no day is closed
select first_open_day
from first_open_day
