-- Every loaded file.
--
-- grain:   one row per file
-- key:     file_id
-- params:  none
-- units:   size in bytes; loaded_at in UTC
create or replace view source_files as
select
    file_id,
    file_name,
    kind,
    sha256,
    size_bytes,
    loaded_at,
    loaded_by
from source_file
