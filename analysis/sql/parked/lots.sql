-- Parked money, lot by lot: how much is left of it, whose it is, who owns the case of it, how old it is, who approved.
--
-- grain:   one row per lot
-- key:     lot_id
-- params:  as_of (date): what became known later does not exist yet
--          bank_transaction_id (integer): only this deposit's; null for all
-- example: as_of=2026-11-13, bank_transaction_id=null
-- units:   US dollars; age in calendar days from the day that the money came to the bank
-- note:    known_name may be a patient's: it is shown with the deposit and nowhere else. proof_name is the kept file's
select
    lot.lot_id,
    lot.bank_transaction_id,
    line.bank_reference as reference,
    line.posted_date as item_date,
    date_diff('day', line.posted_date, $as_of) as age_days,
    lot.place as parked_place,
    lot.standing,
    lot.amount,
    lot.moved_amount,
    lot.left_amount,
    lot.known_as,
    lot.known_name,
    lot.owner,
    lot.parked_by,
    lot.parked_on,
    lot.reason,
    lot.approved_by,
    lot.sent_on,
    lot.sent_by,
    lot.method as transfer_method,
    lot.reference as transfer_reference,
    kept_proof.file_name as proof_name,
    lot.proof_sha256,
    lot.from_lot_id
from parked_lots as lot
inner join bank_transactions as line on lot.bank_transaction_id = line.bank_transaction_id
left join kept_proof on lot.proof_sha256 = kept_proof.sha256
where ($bank_transaction_id is null or lot.bank_transaction_id = $bank_transaction_id) and lot.parked_on <= $as_of
order by lot.bank_transaction_id, lot.lot_id
