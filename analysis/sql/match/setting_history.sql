-- Every change of the settings of a kind, the newest first.
--
-- grain:   one row per change
-- key:     setting_id
-- params:  prefix (text): how the names begin
-- example: prefix='fee_rate.'
-- units:   value is JSON; decided_at in UTC
select
    setting_id,
    name,
    value,
    effective_on,
    source,
    decided_by,
    decided_at
from settings
where left(name, length($prefix)) = $prefix
order by setting_id desc
