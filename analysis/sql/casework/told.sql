-- The cases of these ids as they stand in the store at this moment, with the numbers that guard them.
--
-- grain:   one row per case of these that anyone touched
-- key:     case_id
-- params:  case_ids (text): the ids, a line each
-- example: case_ids='bank-1-unidentified_payment'
-- units:   times in UTC
with wanted as (
    select distinct unnest(string_split($case_ids, chr(10))) as case_id
),

changes as (
    select
        event.case_id,
        event.state,
        event.owner,
        event.priority,
        event.due_on,
        event.next_on,
        event.resolution,
        event.lifted_until,
        row_number() over (partition by event.case_id order by event.version desc) as newness
    from case_event as event
    inner join wanted on event.case_id = wanted.case_id
),

claims as (
    select
        claim.case_id,
        claim.action,
        claim.claimed_by,
        claim.expires_at,
        row_number() over (partition by claim.case_id order by claim.claim_id desc) as newness
    from case_claim as claim
    inner join wanted on claim.case_id = wanted.case_id
    where claim.action <> 'skip'
)

select
    touched.case_id,
    touched.version,
    touched.claim_number,
    changes.state,
    changes.owner,
    changes.priority,
    changes.due_on,
    changes.next_on,
    changes.resolution,
    changes.lifted_until,
    claims.action as claim_action,
    claims.claimed_by,
    claims.expires_at
from work_case as touched
inner join wanted on touched.case_id = wanted.case_id
left join changes on touched.case_id = changes.case_id and changes.newness = 1
left join claims on touched.case_id = claims.case_id and claims.newness = 1
