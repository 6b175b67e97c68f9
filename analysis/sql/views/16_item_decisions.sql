-- Every decision about an open item, under each id that the item may bear.
--
-- grain:   one row per decision and id
-- key:     decision_id, item_id
-- params:  none
-- units:   decided_at in UTC; effective_on is the day that the decision holds from
-- note:    a deposit is unidentified until something names its sender, and without a remittance from then on: one item, and what
--          was decided under one name holds under the other
create or replace view item_decisions as
with about as (
    select
        decision_id,
        subject_id,
        action,
        decided_by,
        decided_at,
        effective_on,
        reason
    from decision
    where subject_type = 'item'
)

select
    decision_id,
    subject_id as item_id,
    subject_id,
    action,
    decided_by,
    decided_at,
    effective_on,
    reason
from about
union all
select
    decision_id,
    replace(subject_id, '-unidentified_payment', '-deposit_without_remittance') as item_id,
    subject_id,
    action,
    decided_by,
    decided_at,
    effective_on,
    reason
from about
where split_part(subject_id, '-', 3) = 'unidentified_payment'
union all
select
    decision_id,
    replace(subject_id, '-deposit_without_remittance', '-unidentified_payment') as item_id,
    subject_id,
    action,
    decided_by,
    decided_at,
    effective_on,
    reason
from about
where split_part(subject_id, '-', 3) = 'deposit_without_remittance'
