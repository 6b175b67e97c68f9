-- Of which text the views were made is forgotten.
--
-- grain:   a statement, rows removed
-- key:     none
-- params:  none
-- units:   none
delete from view_text
