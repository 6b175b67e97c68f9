-- The legs of every linked remittance: how much of it was deposited, how much posted, and whether all of it agrees.
--
-- grain:   one row per remittance that any confirmed match ties
-- key:     fact_id
-- params:  none
-- units:   US dollars of the remittance; has_remainder: some match of it has sides that differ (a fee, a keying error)
create or replace view remittance_legs as
select
    linked.fact_id,
    coalesce(sum(case when linked.other_side = 'bank' then linked.linked_amount end), 0)::decimal(18, 2) as deposited_amount,
    coalesce(sum(case when linked.other_side = 'batch' then linked.linked_amount end), 0)::decimal(18, 2) as posted_amount,
    max(case when linked.other_side = 'bank' then 1 else 0 end) = 1 as is_deposited,
    max(case when linked.other_side = 'batch' then 1 else 0 end) = 1 as is_posted,
    max(case when remainder.remainder_amount <> 0 then 1 else 0 end) = 1 as has_remainder
from linked_amounts as linked
left join match_remainders as remainder
    on linked.match_id = remainder.match_id and linked.other_side = remainder.first_side
where linked.side = 'remittance'
group by linked.fact_id
