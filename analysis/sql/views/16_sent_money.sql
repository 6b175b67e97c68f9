-- Of each deposit what was sent on to its right home, with proof: no matching may take it, and no list shows it as open.
--
-- grain:   one row per deposit of which anything was sent on
-- key:     fact_id
-- params:  none
-- units:   US dollars; sent_on is the day from which all of it is known as sent
create or replace view sent_money as
select
    cast(bank_transaction_id as varchar) as fact_id,
    sum(left_amount)::decimal(18, 2) as sent_amount,
    max(sent_known_on) as sent_on
from parked_lots
where standing = 'sent'
group by bank_transaction_id
