-- Every refund as its newest version stands.
--
-- grain:   one row per refund
-- key:     refund_id
-- params:  none
-- units:   US dollars; requested_at in UTC
-- note:    an edit makes a version, and the steps of the version before do not count for it: approvals are void; the last step
--          says the status. Two approve where all that is asked of one credit is more than second_above. is_live: the money is asked for or on its way, and the ledger does not show it yet
create or replace view refunds as
with known as (
    select
        refund.refund_id,
        refund.version,
        refund.account_number,
        refund.credit_date,
        refund.payee_type,
        refund.payee_name,
        refund.payee_address,
        refund.amount,
        refund.reason,
        refund.evidence,
        refund.second_above,
        decision.decided_by as requested_by,
        decision.decided_at as requested_at,
        min(decision.effective_on) over (partition by refund.refund_id) as requested_on,
        row_number() over (partition by refund.refund_id order by refund.version desc) as newness
    from refund
    inner join decision on refund.decision_id = decision.decision_id
    inner join reporting_day on decision.effective_on <= reporting_day.day
),

steps as (
    select
        step.decision_id,
        step.refund_id,
        step.version,
        step.step,
        step.reference,
        step.on_date,
        step.export_id,
        decision.decided_by,
        decision.effective_on,
        row_number() over (
            partition by step.refund_id, step.version, step.step = 'acknowledge' order by step.decision_id desc
        ) as newness
    from refund_step as step
    inner join decision on step.decision_id = decision.decision_id
    inner join reporting_day on decision.effective_on <= reporting_day.day
),

folded as (
    select
        refund_id,
        version,
        count(distinct case when step = 'approve' then decided_by end) as approval_count,
        string_agg(case when step = 'approve' then decided_by end, '; ' order by decision_id) as approved_by,
        max(case when newness = 1 and step <> 'acknowledge' then step end) as last_step,
        max(case when newness = 1 and step <> 'acknowledge' then effective_on end) as last_on,
        max(export_id) as export_id,
        max(case when step = 'export' then effective_on end) as exported_on,
        max(case when step = 'issue' then reference end) as cheque_number,
        max(case when step = 'issue' then on_date end) as cheque_date,
        max(case when step = 'clear' then on_date end) as cleared_on,
        max(case when newness = 1 and step = 'acknowledge' then reference end) as acknowledged_as,
        max(case when newness = 1 and step = 'acknowledge' then on_date end) as acknowledged_on
    from steps
    group by refund_id, version
),

posted as (
    select distinct known.refund_id
    from known
    inner join account_transactions as entry
        on known.account_number = entry.account_number
        and known.amount = entry.amount
        and known.requested_on <= entry.transaction_date
    inner join reporting_day on entry.transaction_date <= reporting_day.day
    where entry.type in ('REFUND', 'PAYMENT')
),

judged as (
    select
        known.refund_id,
        known.version,
        known.account_number,
        known.credit_date,
        known.payee_type,
        known.payee_name,
        known.payee_address,
        known.amount,
        known.reason,
        known.evidence,
        known.second_above,
        known.requested_by,
        known.requested_at,
        known.requested_on,
        folded.approved_by,
        folded.export_id,
        folded.exported_on,
        folded.cheque_number,
        folded.cheque_date,
        folded.cleared_on,
        folded.acknowledged_as,
        folded.acknowledged_on,
        coalesce(folded.last_on, known.requested_on) as status_on,
        posted.refund_id is not null as is_posted,
        case
            when folded.last_step is null then 'requested'
            when folded.last_step = 'approve'
                and folded.approval_count < 2
                and sum(
                    case
                        when coalesce(folded.last_step, '') not in ('decline', 'return', 'void') then known.amount
                        else 0
                    end
                ) over (partition by known.account_number, known.credit_date) > known.second_above
                then 'waiting_second'
            when folded.last_step = 'approve' then 'approved'
            when folded.last_step = 'decline' then 'declined'
            when folded.last_step = 'export' then 'exported'
            when folded.last_step = 'issue' then 'issued'
            when folded.last_step = 'clear' then 'cleared'
            when folded.last_step = 'return' then 'returned'
            else 'voided'
        end as status
    from known
    left join folded on known.refund_id = folded.refund_id and known.version = folded.version
    left join posted on known.refund_id = posted.refund_id
    where known.newness = 1
)

select
    refund_id,
    version,
    account_number,
    credit_date,
    payee_type,
    payee_name,
    payee_address,
    amount,
    reason,
    evidence,
    second_above,
    status,
    status_on,
    requested_by,
    requested_at,
    requested_on,
    approved_by,
    export_id,
    exported_on,
    cheque_number,
    cheque_date,
    cleared_on,
    acknowledged_as,
    acknowledged_on,
    is_posted,
    status in ('requested', 'waiting_second', 'approved')
    or (status in ('exported', 'issued', 'cleared') and not is_posted) as is_live
from judged
