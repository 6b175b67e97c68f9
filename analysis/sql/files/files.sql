-- Every loaded file with how many findings it has.
--
-- grain:   one row per file
-- key:     file_id
-- params:  none
-- units:   size in bytes; loaded_at in UTC
select
    source_file.file_id,
    source_file.file_name,
    source_file.kind,
    source_file.loaded_at,
    source_file.loaded_by,
    source_file.size_bytes,
    count(case when file_finding.severity = 'error' then 1 end) as errors,
    count(case when file_finding.severity = 'warning' then 1 end) as warnings
from source_file
left join file_finding on source_file.file_id = file_finding.file_id
group by
    source_file.file_id,
    source_file.file_name,
    source_file.kind,
    source_file.loaded_at,
    source_file.loaded_by,
    source_file.size_bytes
order by source_file.file_id
