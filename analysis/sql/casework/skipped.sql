-- The cases that a person has skipped on a day.
--
-- grain:   one row per case
-- key:     case_id
-- params:  claimed_by (text), on_day (date): the day looked at
-- example: claimed_by='ana', on_day=2026-11-13
-- units:   none
select distinct case_id
from case_claim
where action = 'skip' and claimed_by = $claimed_by and effective_on = $on_day
