-- The newest schema version that this store has.
--
-- grain:   one row
-- key:     version
-- params:  none
-- units:   version counts from 1; 0 before the first
select coalesce(max(version), 0) as version
from schema_version
