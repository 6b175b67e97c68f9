-- How every match stands, copied for a run, without those that the run looks at anew.
--
-- grain:   a statement, a working table made
-- key:     none
-- params:  none
-- units:   none
create temp table match_standing as
select
    match_id,
    run_id,
    known_on,
    shown_from,
    rule,
    confidence,
    cast(null as varchar) as explanation,
    cast(null as varchar) as agrees,
    cast(null as varchar) as differs,
    remainder_amount,
    remainder_reason,
    action,
    decided_by,
    reason,
    decided_at,
    is_by_person,
    status
from match_standing
