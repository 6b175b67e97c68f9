-- The column mappings in force: for each set of headings the one that was saved last, unless it was withdrawn.
--
-- grain:   one row per mapping and heading
-- key:     mapping_id, position
-- params:  none
-- units:   recorded_at in UTC; column_name null for a heading that is left out
create or replace view column_mappings as
with ranked as (
    select
        mapping_id,
        fingerprint,
        action,
        kind,
        flips_sign,
        date_order,
        recorded_by,
        recorded_at,
        row_number() over (partition by fingerprint order by mapping_id desc) as newness
    from column_mapping
)

select
    ranked.mapping_id,
    ranked.fingerprint,
    ranked.kind,
    ranked.flips_sign,
    ranked.date_order,
    ranked.recorded_by,
    ranked.recorded_at,
    heading.position,
    heading.heading,
    heading.heading_key,
    heading.column_name
from ranked
inner join column_mapping_heading as heading on ranked.mapping_id = heading.mapping_id
where ranked.newness = 1 and ranked.action = 'save'
