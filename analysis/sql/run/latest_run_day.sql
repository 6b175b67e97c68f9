-- The latest day that anything was decided as of: decisions are never backdated behind it.
--
-- grain:   one row
-- key:     latest_day
-- params:  none
-- units:   a date; the beginning of time before the first run
select coalesce(max(as_of_date), date '1900-01-01') as latest_day
from match_run
