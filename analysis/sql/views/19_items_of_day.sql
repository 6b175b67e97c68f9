-- Everything that is open at the end of the day asked about.
--
-- grain:   one row per open item
-- key:     item_id
-- params:  none
-- units:   US dollars
create or replace view items_of_day as
select
    item.item_id,
    item.item_type,
    item.side,
    item.fact_id,
    item.file_id,
    item.place,
    item.last_place,
    item.reference,
    item.bank_account,
    item.payer_name,
    item.amount,
    item.item_date,
    item.detail
from item_candidates as item
inner join reporting_day on item.opened_on <= reporting_day.day
where item.closed_on is null or item.closed_on > reporting_day.day
