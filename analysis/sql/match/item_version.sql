-- Whether an item is still open, with the version that a decision about it must name.
--
-- grain:   one row, none where the item is not open
-- key:     item_id
-- params:  item_id (text)
-- example: item_id='bank-1-unidentified_payment'
-- units:   version is the id of the last decision about the item, 0 before the first
select
    item.item_id,
    coalesce((
        select max(decision.decision_id)
        from decision
        where decision.subject_type = 'item' and decision.subject_id = item.item_id
    ), 0) as version
from open_items as item
where item.item_id = $item_id
