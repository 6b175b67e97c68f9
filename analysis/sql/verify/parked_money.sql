-- Parked money keeps its rules: no lot gives more than it holds, versions run without a gap, and what was sent on was approved
-- before by another person than the one who parked it, with a reference and a day, and no part of it moved since.
--
-- grain:   one row per fault
-- key:     subject, fault
-- params:  none
-- units:   none
with events as (
    select
        event.bank_transaction_id,
        event.version,
        event.action,
        event.lot_id,
        event.from_lot_id,
        event.reference,
        upper(trim(decision.decided_by)) as decided_by
    from parked_event as event
    left join decision on event.decision_id = decision.decision_id
),

sent as (
    select bank_transaction_id, lot_id, min(version) as version
    from events
    where action = 'send'
    group by bank_transaction_id, lot_id
),

approved as (
    select sent.lot_id, count(*) as approval_count
    from sent
    inner join events as approval
        on sent.lot_id = approval.lot_id and approval.action = 'approve' and approval.version < sent.version
    inner join events as parked on sent.lot_id = parked.lot_id and parked.action = 'park'
    where approval.decided_by <> parked.decided_by
        and not exists (
            select 1
            from events as later
            where later.bank_transaction_id = sent.bank_transaction_id
                and later.version > approval.version
                and (later.from_lot_id = sent.lot_id or (later.action = 'withdraw' and later.lot_id = sent.lot_id))
        )
    group by sent.lot_id
)

select 'lot ' || cast(lot_id as varchar) as subject, 'gave more than it held' as fault
from parked_lots
where left_amount < 0
union all
select 'deposit ' || cast(bank_transaction_id as varchar) as subject, 'versions with a gap, or an event without its decision' as fault
from events
group by bank_transaction_id
having count(*) <> max(version) or count(decided_by) <> count(*)
union all
select 'lot ' || cast(sent.lot_id as varchar) as subject, 'sent without the approval of another person' as fault
from sent
left join approved on sent.lot_id = approved.lot_id
where approved.lot_id is null
order by subject, fault
