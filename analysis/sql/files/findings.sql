-- Every finding about every loaded file.
--
-- grain:   one row per finding
-- key:     file_id, finding_number
-- params:  none
-- units:   US dollars the finding is about
select
    source_file.file_name as file,
    source_file.kind,
    file_finding.severity,
    file_finding.code,
    file_finding.location,
    file_finding.message,
    file_finding.amount,
    file_finding.file_id,
    file_finding.finding_number
from file_finding
inner join source_file on file_finding.file_id = source_file.file_id
order by file_finding.file_id, file_finding.finding_number
