-- What came and was posted on a day, and what is unposted at its end: bank money less what batches posted.
--
-- grain:   one row
-- key:     day
-- params:  as_of (date): the day; what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars, money in positive; earlier is the unposted money of what was known before the day, as it counts now
-- note:    closing = earlier + banked − no_payment + returned − posted
with bank as (
    select
        line.known_on,
        line.amount,
        case
            when line.amount < 0 and line.line_kind in ('return', 'refund_return') then 'returned'
            when line.amount > 0 and line.line_kind not in ('interest', 'sweep', 'adjustment') then 'deposited'
            else 'no_payment'
        end as term
    from bank_transactions as line
    where line.not_counted is null and line.known_on <= $as_of
),

moved as (
    select
        known_on,
        case when term = 'returned' then 0 else amount end as banked_amount,
        case when term = 'no_payment' then amount else 0 end as no_payment_amount,
        case when term = 'returned' then amount else 0 end as returned_amount,
        0 as posted_amount
    from bank
    union all
    select
        known_on,
        0 as banked_amount,
        0 as no_payment_amount,
        0 as returned_amount,
        amount as posted_amount
    from posting_lines
    where known_on <= $as_of
),

days as (
    select
        known_on,
        sum(banked_amount) as banked_amount,
        sum(no_payment_amount) as no_payment_amount,
        sum(returned_amount) as returned_amount,
        sum(posted_amount) as posted_amount,
        sum(banked_amount - no_payment_amount + returned_amount - posted_amount) as unposted_amount
    from moved
    group by known_on
)

select
    $as_of as day,
    coalesce(sum(case when known_on < $as_of then unposted_amount end), 0)::decimal(18, 2) as earlier_amount,
    coalesce(sum(case when known_on = $as_of then banked_amount end), 0)::decimal(18, 2) as banked_amount,
    coalesce(sum(case when known_on = $as_of then no_payment_amount end), 0)::decimal(18, 2) as no_payment_amount,
    coalesce(sum(case when known_on = $as_of then returned_amount end), 0)::decimal(18, 2) as returned_amount,
    coalesce(sum(case when known_on = $as_of then posted_amount end), 0)::decimal(18, 2) as posted_amount,
    coalesce(sum(unposted_amount), 0)::decimal(18, 2) as closing_amount
from days
