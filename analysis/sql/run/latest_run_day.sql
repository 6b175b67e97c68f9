-- The first day that anything may be decided as of: never behind what was decided already, never on a closed day.
--
-- grain:   one row
-- key:     latest_day
-- params:  none
-- units:   a date; the beginning of time before the first run and closing
with days as (
    select max(as_of_date) as day
    from match_run
    union all
    select first_open_day as day
    from first_open_day
)

select max(day) as latest_day
from days
