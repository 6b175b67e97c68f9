-- Cases whose numbers of changes and claims are not those of their history.
--
-- grain:   one row per case
-- key:     case_id
-- params:  none
-- units:   counts
with changes as (
    select case_id, count(*) as change_count
    from case_event
    group by case_id
),

claims as (
    select case_id, count(*) as claim_count
    from case_claim
    where claim_number is not null
    group by case_id
)

select
    coalesce(touched.case_id, changes.case_id, claims.case_id) as case_id,
    touched.version,
    changes.change_count,
    touched.claim_number,
    claims.claim_count
from work_case as touched
full outer join changes on touched.case_id = changes.case_id
full outer join claims on coalesce(touched.case_id, changes.case_id) = claims.case_id
where coalesce(touched.version, -1) <> coalesce(changes.change_count, 0)
    or coalesce(touched.claim_number, -1) <> coalesce(claims.claim_count, 0)
order by 1
