-- The saved filters of the worklist: of each person and name the newest, unless it was removed.
--
-- grain:   one row per filter
-- key:     filter_id
-- params:  none
-- units:   saved_at in UTC; chosen is JSON
with ranked as (
    select
        filter_id,
        name,
        saved_by,
        saved_at,
        is_shared,
        is_removed,
        chosen,
        row_number() over (partition by saved_by, name order by filter_id desc) as newness
    from case_filter
)

select filter_id, name, saved_by, saved_at, is_shared, chosen
from ranked
where newness = 1 and not is_removed
order by name, filter_id
