-- Files that came while a day was closed that is open again count from the first open day.
--
-- grain:   a statement
-- key:     none
-- params:  none
-- units:   dates
update source_file
set known_from = (select first_open_day.first_open_day from first_open_day)
where known_from > (select first_open_day.first_open_day from first_open_day)
