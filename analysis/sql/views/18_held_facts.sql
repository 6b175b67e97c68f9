-- Deposits and remittances whose open item a person holds, has sent back or given away: the rules leave them alone.
--
-- grain:   one row per fact
-- key:     side, fact_id
-- params:  none
-- units:   none
create or replace view held_facts as
select
    split_part(subject_id, '-', 1) as side,
    split_part(subject_id, '-', 2) as fact_id,
    max(standing) as standing
from item_standing
where standing in ('held', 'returned')
    and split_part(subject_id, '-', 3) in ('deposit_without_remittance', 'unidentified_payment', 'remittance_without_deposit')
group by split_part(subject_id, '-', 1), split_part(subject_id, '-', 2)
