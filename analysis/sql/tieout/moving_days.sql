-- The days on which any bank line or posted line became known, also lines that count no longer.
--
-- grain:   one row per day
-- key:     day
-- params:  as_of (date): later days do not exist yet; since (date): nor earlier ones
-- example: as_of=2026-11-13, since=2026-11-02
-- units:   dates
select line.known_on as day
from bank_transactions as line
where line.known_on between $since and $as_of
union
select coalesce(posting_date, deposit_date) as day
from posting_line
where coalesce(posting_date, deposit_date) between $since and $as_of
order by day
