-- The day of the newest extract of accounts up to a day.
--
-- grain:   one row
-- key:     none
-- params:  as_of (date): later extracts do not exist yet
-- units:   a date; null where no extract is loaded
select max(extract_date) as extract_date
from accounts
where extract_date <= $as_of
