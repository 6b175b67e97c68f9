-- What the run looks at anew counts as unmatched while it runs.
--
-- grain:   a statement, rows of a working table removed
-- key:     none
-- params:  none
-- units:   none
delete from match_standing
where match_id in (select reopened.match_id from reopened)
