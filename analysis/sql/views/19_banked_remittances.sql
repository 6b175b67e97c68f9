-- Remittances that a confirmed match ties to a deposit, in whole or in part.
--
-- grain:   one row per remittance
-- key:     remittance_id
-- params:  none
-- units:   none
-- note:    a run of the rules copies this view as it does open_deposits, and adds what it confirms
create or replace view banked_remittances as
select distinct cast(fact_id as bigint) as remittance_id
from linked_amounts
where side = 'remittance' and other_side = 'bank'
