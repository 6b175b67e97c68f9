-- The version that a decision about an item must name, also where the item is not open any more.
--
-- grain:   one row
-- key:     version
-- params:  item_id (text)
-- example: item_id='bank-1-unidentified_payment'
-- units:   version is the id of the last decision about the item, 0 before the first
select coalesce(max(decision_id), 0) as version
from item_decisions
where item_id = $item_id
