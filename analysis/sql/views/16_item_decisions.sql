-- Every decision about an open item, under each id that the item may bear.
--
-- grain:   one row per decision and id
-- key:     decision_id, item_id
-- params:  none
-- units:   decided_at in UTC; effective_on is the day that the decision holds from
-- note:    a deposit is unidentified until something names its sender, and without a remittance from then on: one item, and what
--          was decided under one name holds under the other
create or replace view item_decisions as
with named as (
    select decision_id, subject_id as item_id
    from decision
    where subject_type = 'item'
    union all
    select
        decision_id,
        case split_part(subject_id, '-', 3)
            when 'unidentified_payment' then replace(subject_id, '-unidentified_payment', '-deposit_without_remittance')
            else replace(subject_id, '-deposit_without_remittance', '-unidentified_payment')
        end as item_id
    from decision
    where subject_type = 'item'
        and split_part(subject_id, '-', 3) in ('unidentified_payment', 'deposit_without_remittance')
)

select
    decision.decision_id,
    named.item_id,
    decision.subject_id,
    decision.action,
    decision.decided_by,
    decision.decided_at,
    decision.effective_on,
    decision.reason
from named
inner join decision on named.decision_id = decision.decision_id
