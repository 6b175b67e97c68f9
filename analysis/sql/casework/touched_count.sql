-- How many cases anyone has changed.
--
-- grain:   one row
-- key:     case_count
-- params:  none
-- units:   a count
select count(distinct case_id) as case_count
from case_event
