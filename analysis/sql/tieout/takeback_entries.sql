-- The entries of the take-back ledger in their order, each with what is owed after it.
--
-- grain:   one row per reason and amount of a PLB, of remittances that count
-- key:     file_id, place, position
-- params:  as_of (date): what became known later does not exist yet
--          takeback_id (text): only the entries of this ledger; null for all
-- example: as_of=2026-11-13, takeback_id=null
-- units:   US dollars; amount as the payer wrote it, positive reduces the payment; running_balance = −Σ amounts to here, positive
--          is owed to the payer
select
    takeback_id,
    payer_name,
    code,
    reference,
    entry_number,
    known_on,
    payment_date,
    trace_number,
    amount,
    (opened_amount - taken_amount)::decimal(18, 2) as running_balance,
    is_refund,
    account_number,
    remittance_id,
    claim_payment_id,
    file_id,
    place,
    position,
    cast(file_id as varchar) || '-' || cast(place as varchar) || '-' || cast(position as varchar) as row_key
from takeback_entries
where known_on <= $as_of and ($takeback_id is null or takeback_id = $takeback_id)
order by takeback_id, entry_number
