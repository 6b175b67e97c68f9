-- Lines that a batch posted to the account of a claim paid a certain amount, with another amount.
--
-- grain:   one row per posted line and claim
-- key:     posting_line_id, claim_payment_id
-- params:  as_of (date): what became known later does not exist yet; amount (decimal): what the claim was paid
-- example: as_of=2026-11-13, amount=1828.00
-- units:   US dollars
select
    line.posting_line_id,
    claim.claim_payment_id,
    line.batch_id,
    line.line_number,
    line.known_on as day,
    line.amount,
    claim.paid_amount,
    line.account_number as reference,
    line.payer_name,
    line.file_id,
    line.place
from claim_payments as claim
inner join batch_advice on claim.remittance_id = batch_advice.remittance_id
inner join posting_lines as line
    on batch_advice.batch_id = line.batch_id
    and ltrim(upper(claim.claim_id), '0') = ltrim(upper(line.account_number), '0')
where claim.paid_amount = $amount and line.amount <> claim.paid_amount and line.known_on <= $as_of
order by line.posting_line_id, claim.claim_payment_id
