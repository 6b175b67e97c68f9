-- Of which text this store's views were made.
--
-- grain:   one row, none before the views are made
-- key:     text_hash
-- params:  none
-- units:   none
select text_hash
from view_text
