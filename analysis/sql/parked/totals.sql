-- All money that came, by the place where it is: every cent of every deposit is in exactly one of them.
--
-- grain:   one row per place
-- key:     money_place
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; oldest_days from the day that the money came; in_order puts the places in the order of their names below
with pieces as (
    select 1 as in_order, 'posted' as money_place, posted_amount as amount, item_date
    from deposit_places
    union all
    select 2 as in_order, 'unposted' as money_place, unposted_amount as amount, item_date
    from deposit_places
    union all
    select 3 as in_order, 'suspense' as money_place, suspense_amount as amount, item_date
    from deposit_places
    union all
    select 4 as in_order, 'unapplied' as money_place, unapplied_amount as amount, item_date
    from deposit_places
    union all
    select 5 as in_order, 'wrong_home' as money_place, wrong_home_amount as amount, item_date
    from deposit_places
    union all
    select 6 as in_order, 'sent' as money_place, sent_amount as amount, item_date
    from deposit_places
)

select
    in_order,
    money_place,
    count(case when amount <> 0 then 1 end) as deposit_count,
    coalesce(sum(amount), 0)::decimal(18, 2) as amount,
    max(case when amount <> 0 then date_diff('day', item_date, $as_of) end) as oldest_days
from pieces
group by in_order, money_place
order by in_order
