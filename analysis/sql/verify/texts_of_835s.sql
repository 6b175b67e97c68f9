-- The kept text of every 835.
--
-- grain:   one row per piece of text
-- key:     file_id, first_place
-- params:  none
-- units:   size in bytes, unpacked
select
    file_id,
    first_place,
    terminator,
    element_separator,
    packed,
    size_bytes
from source_text
where element_separator is not null
order by file_id, first_place
