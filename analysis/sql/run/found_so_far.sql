-- The highest number of a match that the run has found.
--
-- grain:   one row
-- key:     found_number
-- params:  none
-- units:   counts from 1; 0 where nothing is found
select coalesce(max(found_number), 0) as found_number
from found_match
