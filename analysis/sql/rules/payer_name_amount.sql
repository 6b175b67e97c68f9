-- Deposits of a sender whose name confirmed matches have tied to a payer before, and that payer's remittances of the amount.
--
-- grain:   one row per deposit and remittance
-- key:     left_fact_id, right_fact_id
-- params:  days_before (integer), days_after (integer): bank business days from the payment date to the deposit
-- example: days_before=1, days_after=5
-- units:   US dollars not yet linked
-- note:    the names are learned (payer_aliases), so this only ever proposes
select
    deposit.fact_id as left_fact_id,
    deposit.open_amount as left_amount,
    advice.fact_id as right_fact_id,
    advice.open_amount as right_amount,
    greatest(deposit.known_on, advice.known_on) as known_on,
    'amount agrees, and the bank''s name ' || deposit.company_name || ' stood for ' || advice.payer_name
    || ' in confirmed matches' as explanation,
    'amount; name seen before' as agrees,
    'trace' as differs
from open_deposits as deposit
inner join payer_aliases as alias on upper(deposit.company_name) = alias.bank_name
inner join open_remittances as advice
    on alias.payer_name = advice.payer_name and deposit.open_amount = advice.open_amount
where not deposit.has_trace
    and deposit.posted_number - advice.payment_number between -$days_before and $days_after
group by
    deposit.fact_id,
    deposit.open_amount,
    advice.fact_id,
    advice.open_amount,
    deposit.known_on,
    advice.known_on,
    deposit.company_name,
    advice.payer_name
