-- Under which payer's id and amount each open remittance may be found in a bank's text.
--
-- grain:   one row per remittance and id of its payer
-- key:     remittance_id, company_key
-- params:  none
-- units:   US dollars
-- note:    a run of the rules copies this view as it does open_deposits; payment_number counts business days
create or replace view open_offers as
select remittance_id, payer_key_1 as company_key, open_amount, payment_number
from open_remittances
where payer_key_1 is not null
union all
select remittance_id, payer_key_2 as company_key, open_amount, payment_number
from open_remittances
where payer_key_2 is not null and payer_key_2 is distinct from payer_key_1
union all
select remittance_id, payer_key_3 as company_key, open_amount, payment_number
from open_remittances
where payer_key_3 is not null
    and payer_key_3 is distinct from payer_key_1
    and payer_key_3 is distinct from payer_key_2
