-- The first day that is open: the one after the last closed day. What is decided or loaded counts from there at the earliest.
--
-- grain:   one row
-- key:     first_open_day
-- params:  none
-- units:   a date; the beginning of time while no day is closed
create or replace view first_open_day as
select coalesce(cast(max(day) + interval 1 day as date), date '1900-01-01') as first_open_day
from closings
where status = 'closed'
