-- Every cent of every deposit is in one place: the places add up to it, none is below zero, and the sums are the bank's.
--
-- grain:   one row per deposit that breaks it, and one where the sums differ
-- key:     subject
-- params:  none
-- units:   US dollars
with places as materialized (
    select
        fact_id,
        amount,
        (
            posted_amount + unposted_amount + suspense_amount + unapplied_amount + wrong_home_amount + sent_amount
        )::decimal(18, 2) as placed_amount,
        least(
            posted_amount, unposted_amount, suspense_amount, unapplied_amount, wrong_home_amount, sent_amount
        ) as least_amount
    from deposit_places
),

whole as (
    select coalesce(sum(amount), 0)::decimal(18, 2) as amount
    from deposit_states
    where state in ('tied', 'differs', 'posted_without_remittance', 'unposted', 'deposit_alone')
),

placed as (
    select coalesce(sum(placed_amount), 0)::decimal(18, 2) as amount
    from places
)

select 'deposit ' || fact_id as subject, amount, placed_amount
from places
where amount <> placed_amount or (amount > 0 and least_amount < 0)
union all
select 'all deposits' as subject, whole.amount, placed.amount as placed_amount
from whole
cross join placed
where whole.amount <> placed.amount
order by subject
