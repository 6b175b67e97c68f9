-- A schema version is recorded as applied.
--
-- grain:   a statement, one row written
-- key:     none
-- params:  version (integer)
-- units:   none
insert into schema_version (version) values ($version)
