-- How many files, runs, matches, decisions and settings there have been: another answer means that something has changed.
--
-- grain:   one row per kind of id
-- key:     counter_name
-- params:  none
-- units:   counts
-- note:    claims of cases and saved filters are left out: what shows them asks for them anew each time
select
    counter_name,
    last_id
from id_counter
where counter_name not in ('case_claim', 'case_filter')
order by counter_name
