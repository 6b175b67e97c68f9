-- The day that is asked about: views show what was known by its end.
--
-- grain:   one row
-- key:     day
-- params:  none
-- units:   a date
-- note:    here the end of time, so that the views show all there is; a question as of a day puts that day in its place
--          (analysis/store/queries.py), and so does a run of the matching rules
create or replace view reporting_day as
select date '9999-12-31' as day
