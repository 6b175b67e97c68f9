-- The loaded files by the hash of their bytes.
--
-- grain:   one row per file
-- key:     sha256
-- params:  none
-- units:   none
select
    sha256,
    file_name,
    kind
from source_file
order by sha256
