-- What tells whether facts are as they were: the newest file, and which files count only from a later day, as a day was closed.
--
-- grain:   one row
-- key:     last_file_id, late_files, late_days
-- params:  none
-- units:   late_days is the sum of the days from 1900 to those from which late files count
-- note:    a load adds a file, and re-opening a day lets its late files count from their own day; nothing else alters facts
select
    coalesce(max(file_id), 0) as last_file_id,
    count(known_from) as late_files,
    coalesce(sum(date_diff('day', date '1900-01-01', known_from)), 0)::bigint as late_days
from source_file
