-- The lists of codes that were loaded, the newest of each name first.
--
-- grain:   one row per list that was loaded
-- key:     code_list_id
-- params:  none
-- units:   counts; loaded_at in UTC; is_in_force for the newest of its name
select
    code_list_id,
    list_name,
    source_name,
    sha256,
    code_count,
    loaded_by,
    loaded_at,
    row_number() over (partition by list_name order by code_list_id desc) = 1 as is_in_force
from code_list
order by list_name, code_list_id desc
