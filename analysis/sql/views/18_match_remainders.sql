-- By how much the two sides of a confirmed match differ: bank less remittances, or batch less remittances.
--
-- grain:   one row per match and pair of sides that it ties, remittances being the second
-- key:     match_id, first_side
-- params:  none
-- units:   US dollars linked; remainder = first side minus remittances (a fee makes it negative)
create or replace view match_remainders as
with sums as (
    select match_id, side, other_side, sum(linked_amount)::decimal(18, 2) as linked_amount
    from linked_amounts
    group by match_id, side, other_side
)

select
    first.match_id,
    first.side as first_side,
    first.linked_amount as first_amount,
    second.linked_amount as remittance_amount,
    (first.linked_amount - second.linked_amount)::decimal(18, 2) as remainder_amount
from sums as first
inner join sums as second
    on first.match_id = second.match_id and first.side = second.other_side and first.other_side = second.side
where first.side in ('bank', 'batch') and first.other_side = 'remittance'
