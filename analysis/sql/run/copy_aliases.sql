-- The payers' learned names, copied for a run.
--
-- grain:   a statement, a working table made
-- key:     none
-- params:  none
-- units:   counts of matches
create temp table payer_aliases as
select
    bank_name,
    payer_name,
    confirmed_count,
    declined_count
from payer_aliases
