-- What the rules have not looked at as of a day: files loaded since their last run, or a last run of an earlier day.
--
-- grain:   one row, none where a run has seen all there is
-- key:     file_count
-- params:  as_of (date): the day to be closed; last_file_id (integer), last_as_of (date): what the last run had seen
-- example: as_of=2026-11-13, last_file_id=1, last_as_of=2026-11-02
-- units:   counts of files
select
    count(file_id) as file_count,
    cast($last_as_of as date) as last_day
from source_file
where file_id > $last_file_id
having count(file_id) > 0 or cast($last_as_of as date) < $as_of
