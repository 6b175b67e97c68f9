-- Of a day: the states of each leg add up to the leg, and what deposits have of remittances is what remittances have of them.
--
-- grain:   one row per leg whose sums differ
-- key:     leg
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; the last leg: deposits with a remittance = remittances with a deposit + what matches leave over
with deposits as (
    select
        sum(amount) as amount,
        sum(case when state in ('tied', 'differs', 'unposted') then amount else 0 end) as linked_amount
    from deposit_states
),

advice as (
    select
        sum(amount) as amount,
        sum(case when state in ('tied', 'differs', 'unposted') then amount else 0 end) as linked_amount
    from remittance_states
),

legs as (
    select
        'deposits' as leg,
        (select sum(bank_transactions.amount) from bank_transactions where known_on <= $as_of) as leg_amount,
        amount as stated_amount
    from deposits
    union all
    select
        'remittances' as leg,
        (select sum(payment_amount) from remittances where known_on <= $as_of) as leg_amount,
        amount as stated_amount
    from advice
    union all
    select
        'batches' as leg,
        (select sum(posting_lines.amount) from posting_lines where known_on <= $as_of) as leg_amount,
        sum(batch_states.amount) as stated_amount
    from batch_states
    union all
    select
        'deposits with remittances' as leg,
        deposits.linked_amount as leg_amount,
        coalesce(advice.linked_amount, 0)
        + coalesce((select sum(remainder_amount) from match_remainders where first_side = 'bank'), 0) as stated_amount
    from deposits
    cross join advice
)

select
    leg,
    coalesce(leg_amount, 0)::decimal(18, 2) as leg_amount,
    coalesce(stated_amount, 0)::decimal(18, 2) as stated_amount
from legs
where coalesce(leg_amount, 0) <> coalesce(stated_amount, 0)
order by leg
