-- How each rejected claim stands that anyone did something with: assigned, posted by hand, sent to another home.
--
-- grain:   one row per claim that a person did something with
-- key:     claim_payment_id
-- params:  none
-- units:   decided_at in UTC
-- note:    sent with money waits for another person than the one who sent it. settled_on: the day from which nothing is open of it
create or replace view rejected_standing as
with known as (
    select
        step.claim_payment_id,
        step.version,
        step.step,
        step.account_number,
        step.home_name,
        step.reference,
        step.on_date,
        decision.decided_by,
        decision.decided_at,
        decision.effective_on,
        decision.reason,
        row_number() over (partition by step.claim_payment_id order by step.version desc) as newness
    from rejected_claim_step as step
    inner join decision on step.decision_id = decision.decision_id
    inner join reporting_day on decision.effective_on <= reporting_day.day
),

assigned as (
    select claim_payment_id, max(version) as version
    from known
    where step = 'assign'
    group by claim_payment_id
),

sent as (
    select claim_payment_id, max(version) as version
    from known
    where step = 'send'
    group by claim_payment_id
)

select
    last.claim_payment_id,
    last.version,
    case
        when last.step = 'assign' then 'assigned'
        when last.step = 'post' then 'posted'
        when last.step = 'approve' or (last.step = 'send' and coalesce(claim.paid_amount, 0) = 0) then 'sent'
        when last.step = 'send' then 'waiting_second'
        else 'open'
    end as standing,
    account.account_number,
    case when last.step in ('send', 'approve') then home.home_name end as home_name,
    case when last.step in ('send', 'approve') then home.reference else last.reference end as reference,
    case when last.step in ('send', 'approve') then home.on_date else last.on_date end as on_date,
    case when last.step in ('send', 'approve') then home.decided_by end as sent_by,
    last.decided_by,
    last.decided_at,
    last.reason,
    case
        when last.step in ('post', 'approve') or (last.step = 'send' and coalesce(claim.paid_amount, 0) = 0) then last.effective_on
    end as settled_on
from known as last
inner join claim_payment as claim on last.claim_payment_id = claim.claim_payment_id
left join assigned on last.claim_payment_id = assigned.claim_payment_id
left join known as account on assigned.claim_payment_id = account.claim_payment_id and assigned.version = account.version
left join sent on last.claim_payment_id = sent.claim_payment_id
left join known as home on sent.claim_payment_id = home.claim_payment_id and sent.version = home.version
where last.newness = 1
