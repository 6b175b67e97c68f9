-- All that was done with the money of one deposit and to find out whose it is, in order: moves, steps, tries, ruled out.
--
-- grain:   one row per act
-- key:     decision_id
-- params:  bank_transaction_id (integer)
-- example: bank_transaction_id=1
-- units:   US dollars; decided_at in UTC
select
    event.decision_id,
    decision.decided_at,
    decision.decided_by,
    event.action,
    event.lot_id,
    coalesce(event.place, lot.place) as parked_place,
    cast(null as varchar) as trace_step,
    cast(null as varchar) as outcome,
    event.amount,
    event.method as transfer_method,
    event.reference as transfer_reference,
    decision.reason,
    decision.effective_on
from parked_event as event
inner join decision on event.decision_id = decision.decision_id
left join parked_event as lot on event.lot_id = lot.lot_id and lot.action = 'park'
where event.bank_transaction_id = $bank_transaction_id
union all
select
    trace_try.decision_id,
    decision.decided_at,
    decision.decided_by,
    'trace' as action,
    cast(null as bigint) as lot_id,
    cast(null as varchar) as parked_place,
    trace_try.step as trace_step,
    trace_try.outcome,
    cast(null as decimal(18, 2)) as amount,
    cast(null as varchar) as transfer_method,
    cast(null as varchar) as transfer_reference,
    coalesce(trace_try.note, cast(trace_try.candidate_count as varchar) || ' candidates') as reason,
    decision.effective_on
from trace_try
inner join decision on trace_try.decision_id = decision.decision_id
where trace_try.bank_transaction_id = $bank_transaction_id
union all
select
    ruled.decision_id,
    decision.decided_at,
    decision.decided_by,
    'rule_out' as action,
    cast(null as bigint) as lot_id,
    cast(null as varchar) as parked_place,
    cast(null as varchar) as trace_step,
    cast(null as varchar) as outcome,
    cast(null as decimal(18, 2)) as amount,
    cast(null as varchar) as transfer_method,
    ruled.kind || ' ' || ruled.row_id as transfer_reference,
    decision.reason,
    decision.effective_on
from trace_ruled_out as ruled
inner join decision on ruled.decision_id = decision.decision_id
where ruled.bank_transaction_id = $bank_transaction_id
order by decision_id
