-- Every finding about a loaded file, errors first.
--
-- grain:   one row per finding
-- key:     finding_number
-- params:  file_id (bigint)
-- example: file_id=1
-- units:   US dollars the finding is about
select
    finding_number,
    severity,
    code,
    location,
    message,
    amount
from file_finding
where file_id = $file_id
order by case severity when 'error' then 1 when 'warning' then 2 else 3 end, finding_number
