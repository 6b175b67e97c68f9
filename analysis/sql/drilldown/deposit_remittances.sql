-- The remittances that a bank line is matched to.
--
-- grain:   one row per match and remittance
-- key:     match_id, remittance_id
-- params:  bank_transaction_id (integer)
-- example: bank_transaction_id=1
-- units:   US dollars linked
select
    advice.match_id,
    advice.rule,
    advice.status,
    advice.explanation,
    remittance.remittance_id,
    remittance.trace_number,
    remittance.payer_name,
    remittance.payment_date,
    remittance.payment_amount,
    advice.amount as linked_amount
from match_links as bank
inner join match_links as advice on bank.match_id = advice.match_id and advice.side = 'remittance'
inner join remittances as remittance on advice.fact_id = cast(remittance.remittance_id as varchar)
where bank.side = 'bank' and bank.fact_id = cast($bank_transaction_id as varchar)
order by advice.match_id, remittance.remittance_id
