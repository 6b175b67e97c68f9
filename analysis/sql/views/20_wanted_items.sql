-- The open deposits and remittances whose nearest misses are looked for.
--
-- grain:   one row per open item
-- key:     item_id
-- params:  none
-- units:   none
-- note:    is_asked: whether the miss is wanted, not only that the item is open. Here all that are open now; a report of a day puts its own rows in their place
create or replace view wanted_items as
select item_id, side, fact_id, true as is_asked
from open_items
where item_type in ('deposit_without_remittance', 'unidentified_payment', 'remittance_without_deposit')
