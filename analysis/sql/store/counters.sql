-- How many files, runs, matches, decisions and settings there have been: another answer means that something has changed.
--
-- grain:   one row per kind of id
-- key:     counter_name
-- params:  none
-- units:   counts
select
    counter_name,
    last_id
from id_counter
order by counter_name
