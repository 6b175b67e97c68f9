-- What a loaded file holds: how many rows of each kind, and the totals that were proved when it was loaded.
--
-- grain:   one row per kind of row and per total
-- key:     is_total, name
-- params:  file_id (bigint)
-- example: file_id=1
-- units:   US dollars in totals, else a count of rows
select false as is_total, record_name as name, record_count as row_count, cast(null as decimal(18, 2)) as amount
from file_record
where file_id = $file_id
union all
select true as is_total, total_name as name, cast(null as bigint) as row_count, amount
from file_total
where file_id = $file_id
order by is_total, name
