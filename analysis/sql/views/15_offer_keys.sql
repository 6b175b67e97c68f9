-- Under which payer's id and amount each payment announced may be found in a bank's text, open or not.
--
-- grain:   one row per remittance and id of its payer
-- key:     remittance_id, company_key
-- params:  none
-- units:   US dollars
create or replace view offer_keys as
select remittance_id, payer_key_1 as company_key, payer_name, amount, payment_date
from remittance_keys
where payer_key_1 is not null
union all
select remittance_id, payer_key_2 as company_key, payer_name, amount, payment_date
from remittance_keys
where payer_key_2 is not null and payer_key_2 is distinct from payer_key_1
union all
select remittance_id, payer_key_3 as company_key, payer_name, amount, payment_date
from remittance_keys
where payer_key_3 is not null
    and payer_key_3 is distinct from payer_key_1
    and payer_key_3 is distinct from payer_key_2
