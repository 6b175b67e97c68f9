-- The cases of these ids as they stand in the store at this moment, with the numbers that guard them.
--
-- grain:   one row per case of these that anyone touched
-- key:     case_id
-- params:  case_ids (text): the ids, a line each
-- example: case_ids='bank-1-unidentified_payment'
-- units:   times in UTC
with wanted as (
    select distinct unnest(string_split($case_ids, chr(10))) as case_id
)

select
    touched.case_id,
    touched.version,
    touched.claim_number,
    event.state,
    event.owner,
    event.priority,
    event.due_on,
    event.next_on,
    event.resolution,
    event.lifted_until,
    claim.action as claim_action,
    claim.claimed_by,
    claim.expires_at
from work_case as touched
inner join wanted on touched.case_id = wanted.case_id
left join case_event as event on touched.case_id = event.case_id and touched.version = event.version
left join case_claim as claim on touched.case_id = claim.case_id and touched.claim_number = claim.claim_number
