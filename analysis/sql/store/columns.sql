-- The columns of each table, in the order they stand.
--
-- grain:   one row per column of a table
-- key:     table_name, column_name
-- params:  none
-- units:   none
select
    table_name,
    column_name,
    data_type,
    ordinal_position
from information_schema.columns
where table_schema = 'main'
order by table_name, ordinal_position
