-- The differences written off up to a day, the newest first.
--
-- grain:   one row per write-off
-- key:     write_off_id
-- params:  as_of (date): later ones do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars of deposited − posted; written_at in UTC
select
    write_off_id,
    variance_id,
    amount,
    status,
    reason,
    written_by,
    written_at,
    effective_on,
    second_person,
    most_amount,
    second_above
from write_offs
where effective_on <= $as_of
order by write_off_id desc
