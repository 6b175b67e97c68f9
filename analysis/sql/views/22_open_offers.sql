-- Under which payer's id and amount each open remittance may be found in a bank's text.
--
-- grain:   one row per remittance and id of its payer
-- key:     remittance_id, company_key
-- params:  none
-- units:   US dollars not yet linked; payment_number counts business days
-- note:    a run of the rules copies this view as it does open_deposits
create or replace view open_offers as
select
    advice.remittance_id,
    offer_keys.company_key,
    advice.open_amount,
    advice.payment_number
from open_remittances as advice
inner join offer_keys on advice.remittance_id = offer_keys.remittance_id
