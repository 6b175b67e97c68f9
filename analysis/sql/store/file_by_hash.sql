-- The loaded file that has these very bytes.
--
-- grain:   one row, or none
-- key:     file_id
-- params:  sha256 (text)
-- example: sha256='0'
-- units:   none
select
    file_id,
    file_name,
    kind,
    loaded_at
from source_file
where sha256 = $sha256
