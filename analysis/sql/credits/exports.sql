-- Every list of refunds that went out.
--
-- grain:   one row per export
-- key:     export_id
-- params:  as_of (date): later exports do not exist yet
-- units:   US dollars; content_hash is SHA-256 over the list's rows
with told as (
    select
        step.export_id,
        min(decision.decided_by) as exported_by,
        min(decision.effective_on) as exported_on
    from refund_step as step
    inner join decision on step.decision_id = decision.decision_id
    where step.step = 'export'
    group by step.export_id
)

select
    refund_export.export_id,
    told.exported_on,
    told.exported_by,
    refund_export.refund_count,
    refund_export.total_amount,
    refund_export.content_hash
from refund_export
inner join told on refund_export.export_id = told.export_id
where told.exported_on <= $as_of
order by refund_export.export_id desc
