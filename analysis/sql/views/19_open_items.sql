-- Everything that is open now.
--
-- grain:   one row per open item
-- key:     item_id
-- params:  none
-- units:   US dollars
create or replace view open_items as
select
    item_id,
    item_type,
    side,
    fact_id,
    file_id,
    place,
    reference,
    bank_account,
    payer_name,
    amount,
    item_date,
    opened_on,
    detail
from item_candidates
where closed_on is null
