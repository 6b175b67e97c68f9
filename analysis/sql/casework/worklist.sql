-- Every case of a day: the open items with what people did about them, and the touched ones whose item is settled by now.
--
-- grain:   one row per case
-- key:     case_id
-- params:  now_at (timestamp): claims that ended before then are none, UTC
--          age_per_day (decimal): what a day of age adds to 1
--          promise_overdue (decimal): the factor of a promise that is due
--          high (decimal): the factor of high priority
--          low (decimal): the factor of low priority
--          least_amount (decimal): what a case counts as at least, US dollars
-- example: now_at=2026-11-13, age_per_day=0.10, promise_overdue=10, high=3, low=0.30, least_amount=100.00
-- units:   US dollars; ages in calendar days; claimed_until in UTC; score has no unit
-- note:    score = the greater of amount and least_amount × (1 + age_per_day × age) × promise factor × priority factor. turn:
--          promise (due, on top), now, later (its next date has not come), done (its item is settled)
with claimed as (
    select claim.case_id, claim.claimed_by, claim.expires_at as claimed_until
    from case_claim as claim
    inner join work_case as touched on claim.case_id = touched.case_id and claim.claim_number = touched.claim_number
    where claim.action <> 'release' and claim.expires_at > $now_at
),

every as (
    select
        case_id,
        case_kind,
        item_type,
        reference,
        payer_name,
        amount,
        item_date,
        age_days,
        item_state,
        item_resolution,
        item_resolution_id,
        why,
        next_step,
        opens,
        opens_id,
        warn_days,
        block_days,
        false as is_settled
    from case_items
    union all
    select
        touched.case_id,
        touched.case_kind,
        touched.item_type,
        touched.reference,
        touched.payer_name,
        touched.amount,
        touched.item_date,
        0 as age_days,
        'resolved' as item_state,
        'settled_by_itself' as item_resolution,
        cast(null as bigint) as item_resolution_id,
        'its item is settled' as why,
        'nothing' as next_step,
        cast(null as varchar) as opens,
        cast(null as varchar) as opens_id,
        cast(null as integer) as warn_days,
        cast(null as integer) as block_days,
        true as is_settled
    from work_case as touched
    inner join case_standing on touched.case_id = case_standing.case_id
    left join case_items on touched.case_id = case_items.case_id
    where case_items.case_id is null
),

known as (
    select
        every.case_id,
        every.case_kind,
        every.item_type,
        every.reference,
        every.payer_name,
        every.amount,
        every.item_date,
        every.age_days,
        every.item_state,
        every.item_resolution,
        every.why,
        every.next_step,
        every.opens,
        every.opens_id,
        every.is_settled,
        reporting_day.day,
        coalesce(touched.version, 0) as version,
        coalesce(standing.state, 'new') as state,
        standing.owner,
        coalesce(standing.priority, 'normal') as priority,
        coalesce(standing.due_on, every.item_date + every.block_days) as due_on,
        standing.next_on,
        standing.resolution,
        standing.lifted_until,
        standing.decided_by as changed_by,
        standing.decided_at as changed_at,
        promise.promised_by,
        promise.party as promised_from,
        claimed.claimed_by,
        claimed.claimed_until,
        standing.state = 'resolved' and standing.next_on <= reporting_day.day as has_come_back,
        every.item_state = 'resolved'
        and (standing.decision_id is null or every.item_resolution_id > standing.decision_id) as is_resolved_there,
        case
            when every.age_days >= every.block_days and standing.lifted_until >= reporting_day.day then 'lifted'
            when every.age_days >= every.block_days then 'blocked'
            when every.age_days >= every.warn_days then 'warned'
            else 'in_time'
        end as limit_state
    from every
    cross join reporting_day
    left join work_case as touched on every.case_id = touched.case_id
    left join case_standing as standing on every.case_id = standing.case_id
    left join case_promises as promise on every.case_id = promise.case_id
    left join claimed on every.case_id = claimed.case_id
),

judged as (
    select
        case_id,
        case_kind,
        item_type,
        reference,
        payer_name,
        amount,
        item_date,
        age_days,
        item_state,
        why,
        next_step,
        opens,
        opens_id,
        is_settled,
        day,
        version,
        case
            when is_settled then 'resolved'
            when item_state = 'held' then 'held'
            when has_come_back then 'in_work'
            when is_resolved_there then 'resolved'
            when state = 'new' and claimed_by is not null then 'in_work'
            else state
        end as state,
        owner,
        priority,
        due_on,
        next_on,
        case
            when is_settled then item_resolution
            when has_come_back then null
            when is_resolved_there then item_resolution
            when state = 'resolved' then resolution
        end as resolution,
        lifted_until,
        changed_by,
        changed_at,
        promised_by,
        promised_from,
        claimed_by,
        claimed_until,
        coalesce(has_come_back, false) as has_come_back,
        limit_state,
        coalesce(promised_by <= day, false) and not is_settled as is_promise_due
    from known
),

placed as (
    select
        case_id,
        case
            when is_settled then 'done'
            when state = 'resolved' then 'later'
            when is_promise_due then 'promise'
            when limit_state = 'blocked' then 'now'
            when next_on > day or (state = 'held' and next_on is null) then 'later'
            else 'now'
        end as turn,
        (
            cast(
                cast(greatest(abs(amount), $least_amount) as decimal(18, 2))
                * cast(1 + cast($age_per_day as decimal(8, 4)) * age_days as decimal(12, 4)) as decimal(26, 6)
            )
            * cast(
                cast(case when is_promise_due then $promise_overdue else 1 end as decimal(6, 2))
                * cast(case priority when 'high' then $high when 'low' then $low else 1 end as decimal(6, 2)) as decimal(12, 4)
            )
        )::decimal(38, 2) as score
    from judged
)

select
    judged.case_id,
    judged.version,
    placed.turn,
    judged.state,
    judged.case_kind,
    judged.item_type,
    judged.amount,
    judged.payer_name,
    judged.reference,
    judged.item_date,
    judged.age_days,
    judged.owner,
    judged.priority,
    judged.due_on,
    judged.next_on,
    judged.promised_by,
    judged.promised_from,
    judged.is_promise_due,
    judged.limit_state,
    judged.lifted_until,
    judged.claimed_by,
    judged.claimed_until,
    placed.score,
    judged.resolution,
    judged.why,
    judged.next_step,
    judged.changed_by,
    judged.changed_at,
    judged.has_come_back,
    judged.item_state,
    judged.is_settled,
    judged.opens,
    judged.opens_id
from judged
inner join placed on judged.case_id = placed.case_id
order by
    case placed.turn when 'promise' then 0 when 'now' then 1 when 'later' then 2 else 3 end,
    placed.score desc,
    judged.case_id
