-- The settings of a kind that are in force on a day: of each name the newest.
--
-- grain:   one row per name
-- key:     name
-- params:  as_of (date): settings that begin later do not hold yet; prefix (text): how the names begin
-- example: as_of=2026-11-13, prefix='fee_rate.'
-- units:   value is JSON
with ranked as (
    select
        name,
        value,
        effective_on,
        source,
        decided_by,
        decided_at,
        row_number() over (partition by name order by effective_on desc, setting_id desc) as newness
    from setting
    where left(name, length($prefix)) = $prefix and effective_on <= $as_of
)

select
    name,
    value,
    effective_on,
    source,
    decided_by,
    decided_at
from ranked
where newness = 1
order by name
