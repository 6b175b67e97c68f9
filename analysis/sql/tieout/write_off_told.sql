-- One write-off as it stands now.
--
-- grain:   one row, or none
-- key:     write_off_id
-- params:  write_off_id (integer)
-- example: write_off_id=1
-- units:   US dollars
select write_off_id, variance_id, amount, status, written_by
from write_offs
where write_off_id = $write_off_id
