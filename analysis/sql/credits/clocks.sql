-- The clocks in force on a day.
--
-- grain:   one row per clock
-- key:     name
-- params:  as_of (date): clocks that begin later do not run yet
-- units:   calendar days; years for dormancy_years
select name, value, effective_on, source
from credit_clocks
where effective_on <= $as_of
order by name
