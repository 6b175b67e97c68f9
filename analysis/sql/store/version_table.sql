-- The table of applied schema versions is there.
--
-- grain:   a statement, no rows
-- key:     none
-- params:  none
-- units:   none
create table if not exists schema_version (version integer not null)
