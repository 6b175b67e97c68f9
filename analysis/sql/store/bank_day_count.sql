-- How many days the calendar of business days holds.
--
-- grain:   one row
-- key:     day_count
-- params:  none
-- units:   days
select count(*) as day_count
from bank_day
