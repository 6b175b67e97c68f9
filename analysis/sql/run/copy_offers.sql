-- Under which payer's id and amount each open remittance may be found, copied for a run.
--
-- grain:   a statement, a working table made
-- key:     none
-- params:  none
-- units:   US dollars
create temp table open_offers as
select
    remittance_id,
    company_key,
    open_amount,
    payment_number
from open_offers
