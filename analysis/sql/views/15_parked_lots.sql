-- Every lot of parked money: in which place, of which deposit, how much of it is still there, whose it is, who approved.
--
-- grain:   one row per lot
-- key:     lot_id
-- params:  none
-- units:   US dollars; parked_at in UTC; moved_amount is what went out of the lot into others
-- note:    standing: parked; of the wrong home waiting_second, approved or sent. An approval holds for the lot as it was: after
--          a later move out of it, or withdraw, it has to be approved again
create or replace view parked_lots as
with known as (
    select
        event.decision_id,
        event.bank_transaction_id,
        event.version,
        event.action,
        event.lot_id,
        event.place,
        event.from_lot_id,
        event.amount,
        event.known_as,
        event.known_name,
        event.owner,
        event.method,
        event.reference,
        event.on_date,
        event.proof_sha256,
        decision.decided_by,
        decision.decided_at,
        decision.effective_on,
        decision.reason
    from parked_event as event
    inner join decision on event.decision_id = decision.decision_id
    inner join reporting_day on decision.effective_on <= reporting_day.day
),

moved as (
    select from_lot_id as lot_id, sum(amount)::decimal(18, 2) as moved_amount, max(version) as last_version
    from known
    where from_lot_id is not null
    group by from_lot_id
),

steps as (
    select
        lot_id,
        max(case when action = 'approve' then version end) as approved_version,
        max(case when action = 'withdraw' then version end) as withdrawn_version,
        max(case when action = 'send' then version end) as sent_version
    from known
    where action <> 'park'
    group by lot_id
)

select
    lot.lot_id,
    lot.bank_transaction_id,
    lot.place,
    lot.from_lot_id,
    lot.amount,
    coalesce(moved.moved_amount, 0)::decimal(18, 2) as moved_amount,
    (lot.amount - coalesce(moved.moved_amount, 0))::decimal(18, 2) as left_amount,
    lot.known_as,
    lot.known_name,
    lot.owner,
    lot.decided_by as parked_by,
    lot.decided_at as parked_at,
    lot.effective_on as parked_on,
    lot.reason,
    case
        when lot.place <> 'wrong_home' then 'parked'
        when sent.lot_id is not null then 'sent'
        when approved.version > greatest(coalesce(steps.withdrawn_version, 0), coalesce(moved.last_version, 0)) then 'approved'
        else 'waiting_second'
    end as standing,
    case
        when approved.version > greatest(coalesce(steps.withdrawn_version, 0), coalesce(moved.last_version, 0))
            then approved.decided_by
    end as approved_by,
    sent.decided_by as sent_by,
    sent.on_date as sent_on,
    sent.effective_on as sent_known_on,
    sent.method,
    sent.reference,
    sent.proof_sha256,
    lot.version
from known as lot
left join moved on lot.lot_id = moved.lot_id
left join steps on lot.lot_id = steps.lot_id
left join known as approved on lot.lot_id = approved.lot_id and steps.approved_version = approved.version
left join known as sent on lot.lot_id = sent.lot_id and steps.sent_version = sent.version
where lot.action = 'park' and lot.place <> 'unposted'
