-- The cases that nobody had touched have their guard; those that another was quicker with are left out.
--
-- grain:   a statement, a row for each case begun
-- key:     none
-- params:  version_step (integer), claim_step (integer): 1 for the number that goes up, else 0
-- units:   US dollars
insert into work_case
select
    case_id,
    case_kind,
    item_type,
    reference,
    payer_name,
    amount,
    item_date,
    $version_step as version,
    $claim_step as claim_number
from guarded_case
where version is null
on conflict do nothing
returning case_id
