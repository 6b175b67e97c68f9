-- Of which text the views were made is recorded.
--
-- grain:   a statement, one row written
-- key:     none
-- params:  text_hash (text): of the views' text and of the DuckDB that read it
-- units:   none
insert into view_text (text_hash) values ($text_hash)
