-- Remittances that have a deposit, copied for a run.
--
-- grain:   a statement, a working table made
-- key:     none
-- params:  none
-- units:   none
create temp table banked_remittances as
select remittance_id
from banked_remittances
