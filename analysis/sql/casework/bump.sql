-- The guard of a case goes one up where it is as it was read: two who change it at once cannot both succeed.
--
-- grain:   a statement, one row written, none where another was quicker
-- key:     none
-- params:  case_id (text), version (integer), claim_number (integer): as they were read; version_step (integer),
--          claim_step (integer): 1 for the number that goes up
-- units:   none
update work_case
set version = version + $version_step, claim_number = claim_number + $claim_step
where case_id = $case_id and version = $version and claim_number = $claim_number
returning version
