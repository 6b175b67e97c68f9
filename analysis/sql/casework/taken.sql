-- Which of these rows of sheets were taken before.
--
-- grain:   one row per content key
-- key:     content_key
-- params:  content_keys (text): hashes of rows, a line each
-- example: content_keys='0'
-- units:   none
select distinct content_key
from case_event
where content_key in (select unnest(string_split($content_keys, chr(10))))
