-- The list of refunds that one export took out.
--
-- grain:   one row per refund of the export
-- key:     refund_id
-- params:  export_id (integer)
-- example: export_id = 1
-- units:   US dollars; only what cannot change afterwards, as the hash is over it
with approvals as (
    select
        step.refund_id,
        step.version,
        string_agg(decision.decided_by, '; ' order by decision.decision_id) as approved_by
    from refund_step as step
    inner join decision on step.decision_id = decision.decision_id
    where step.step = 'approve'
    group by step.refund_id, step.version
)

select
    'TR' || lpad(cast(refund.refund_id as varchar), 7, '0') as payment_id,
    refund.refund_id,
    refund.payee_type,
    refund.payee_name,
    refund.payee_address,
    refund.amount,
    refund.account_number,
    refund.reason,
    requested.decided_by as requested_by,
    approvals.approved_by,
    exported.effective_on as exported_on,
    step.export_id
from refund_step as step
inner join refund on step.refund_id = refund.refund_id and step.version = refund.version
inner join decision as requested on refund.decision_id = requested.decision_id
inner join decision as exported on step.decision_id = exported.decision_id
inner join approvals on refund.refund_id = approvals.refund_id and refund.version = approvals.version
where step.step = 'export' and step.export_id = $export_id
order by refund.refund_id
