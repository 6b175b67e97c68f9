-- The open items that are cases, each with what its own room says of it.
--
-- grain:   one row per open item
-- key:     case_id
-- params:  none
-- units:   US dollars; ages and limits in calendar days
-- note:    here the open items of matching alone; the worklist puts the items of all rooms in their place, with variances,
--          credits, take-backs and missing files. item_state: open, held or resolved, by the item's own
--          room; item_resolution_id: the decision that resolved it there
create or replace view case_items as
select
    item.item_id as case_id,
    'unmatched' as case_kind,
    item.item_type,
    item.reference,
    item.payer_name,
    item.amount,
    item.item_date,
    greatest(date_diff('day', item.item_date, reporting_day.day), 0) as age_days,
    'open' as item_state,
    cast(null as varchar) as item_resolution,
    cast(null as bigint) as item_resolution_id,
    item.detail as why,
    cast(null as varchar) as next_step,
    item.side as opens,
    item.fact_id as opens_id,
    cast(null as integer) as warn_days,
    cast(null as integer) as block_days
from items_of_day as item
cross join reporting_day
