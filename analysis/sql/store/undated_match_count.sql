-- How many matches were made before their day was kept.
--
-- grain:   one row
-- key:     match_count
-- params:  none
-- units:   matches
select count(*) as match_count
from match_group
where known_on is null
