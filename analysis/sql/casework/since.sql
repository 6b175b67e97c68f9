-- What became of a case after a version that someone has seen.
--
-- grain:   one row per change
-- key:     version
-- params:  case_id (text), version (integer): the version seen
-- example: case_id='bank-1-unidentified_payment', version=0
-- units:   decided_at in UTC
select version, changed, decided_by, decided_at
from case_event
where case_id = $case_id and version > $version
order by version
