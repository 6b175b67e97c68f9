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
select greatest(coalesce(line.posting_date, line.deposit_date), source_file.known_from) as day
from posting_line as line
inner join source_file on line.file_id = source_file.file_id
where greatest(coalesce(line.posting_date, line.deposit_date), source_file.known_from) between $since and $as_of
order by day
