-- The column mappings in force, heading by heading.
--
-- grain:   one row per mapping and heading
-- key:     mapping_id, position
-- params:  none
-- units:   recorded_at in UTC
select
    mapping_id,
    fingerprint,
    kind,
    flips_sign,
    date_order,
    recorded_by,
    recorded_at,
    position,
    heading,
    heading_key,
    column_name
from column_mappings
order by mapping_id, position
