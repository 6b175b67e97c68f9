-- The rows of one leg of the tie-out on some days: what was deposited, remitted or posted.
--
-- grain:   one row per deposit, remittance or batch
-- key:     fact_id
-- params:  as_of (date): the last of the days, and what became known later does not exist yet; since (date): the first day;
--          leg (text): deposited, remitted or posted
-- example: as_of=2026-11-13, since=2026-10-31, leg='deposited'
-- units:   US dollars
select
    side,
    fact_id,
    day,
    amount,
    payer_name,
    reference
from day_legs
where leg = $leg and known_on <= $as_of and day between $since and $as_of
order by day desc, amount desc, fact_id
