-- The guards go one up where they are as they were read: of two who change a case at once one finds it moved.
--
-- grain:   a statement, a row for each case whose guard was moved
-- key:     none
-- params:  version_step (integer), claim_step (integer): 1 for the number that goes up, else 0
-- units:   none
update work_case
set version = work_case.version + $version_step, claim_number = work_case.claim_number + $claim_step
from guarded_case
where work_case.case_id = guarded_case.case_id
    and work_case.version = guarded_case.version
    and work_case.claim_number = guarded_case.claim_number
returning work_case.case_id
