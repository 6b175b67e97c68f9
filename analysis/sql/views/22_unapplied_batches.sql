-- What each posting batch put on no account (UNAPPLIED) and no later line took off again.
--
-- grain:   one row per batch with money still unapplied
-- key:     batch_id
-- params:  none
-- units:   US dollars
-- note:    lines of one reference that take it off again count against the oldest first
create or replace view unapplied_batches as
with lines as (
    select
        batch_id,
        coalesce(reference_key, batch_id) as money_key,
        sum(case when amount > 0 then amount else 0 end)::decimal(18, 2) as put_amount,
        sum(case when amount < 0 then -amount else 0 end)::decimal(18, 2) as taken_amount,
        min(known_on) as known_on
    from posting_lines
    where transaction_type = 'UNAPPLIED'
    group by batch_id, coalesce(reference_key, batch_id)
),

running as (
    select
        batch_id,
        put_amount,
        sum(put_amount) over (
            partition by money_key order by known_on, batch_id rows between unbounded preceding and current row
        ) as put_so_far,
        sum(taken_amount) over (partition by money_key) as taken_amount
    from lines
),

unapplied as (
    select
        batch_id,
        sum(least(put_amount, greatest(put_so_far - taken_amount, 0)))::decimal(18, 2) as amount
    from running
    group by batch_id
)

select batch_id, amount
from unapplied
where amount > 0
