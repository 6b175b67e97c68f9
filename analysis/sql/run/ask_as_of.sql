-- The run sees what was known by the end of its day.
--
-- grain:   a statement, a working table made
-- key:     none
-- params:  as_of (date)
-- units:   a date
create temp table reporting_day as
select cast($as_of as date) as day
