-- Whether an item is still open or was given back, with the version that a decision about it must name.
--
-- grain:   one row, none where the item is neither
-- key:     item_id
-- params:  item_id (text)
-- example: item_id='bank-1-unidentified_payment'
-- units:   version is the id of the last decision about the item, 0 before the first
with found as (
    select item_id, false as is_given_back
    from open_items
    where item_id = $item_id
    union all
    select subject_id as item_id, true as is_given_back
    from item_standing
    where subject_id = $item_id and standing = 'returned'
)

select
    item_id,
    min(is_given_back) as is_given_back,
    coalesce((
        select max(item_decisions.decision_id)
        from item_decisions
        where item_decisions.item_id = $item_id
    ), 0) as version
from found
group by item_id
