-- The table that tells of which text the views were made is there.
--
-- grain:   a statement, no rows
-- key:     none
-- params:  none
-- units:   none
create table if not exists view_text (text_hash varchar not null)
