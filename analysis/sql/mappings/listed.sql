-- The column mappings in force, one a line: which headings are which columns.
--
-- grain:   one row per mapping
-- key:     mapping_id
-- params:  none
-- units:   recorded_at in UTC; columns as heading = column, in the order of the table
select
    mapping_id,
    kind,
    string_agg(heading || ' = ' || column_name, ', ' order by position) as mapped_columns,
    flips_sign,
    date_order,
    recorded_by,
    recorded_at
from column_mappings
where column_name is not null
group by mapping_id, kind, flips_sign, date_order, recorded_by, recorded_at
order by mapping_id
