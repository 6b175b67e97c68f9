-- The differences written off up to a day, the newest first.
--
-- grain:   one row per write-off
-- key:     write_off_id
-- params:  as_of (date): later ones do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars of deposited − posted; written_at in UTC
select
    write_offs.write_off_id,
    write_offs.variance_id,
    case
        when left(write_offs.variance_id, 6) = 'batch ' then substring(write_offs.variance_id, 7)
        else line.bank_reference
    end as reference,
    write_offs.amount,
    write_offs.status,
    write_offs.reason,
    write_offs.written_by,
    write_offs.written_at,
    write_offs.effective_on,
    write_offs.second_person,
    write_offs.most_amount,
    write_offs.second_above
from write_offs
left join bank_transactions as line on write_offs.variance_id = 'bank ' || cast(line.bank_transaction_id as varchar)
where write_offs.effective_on <= $as_of
order by write_offs.write_off_id desc
