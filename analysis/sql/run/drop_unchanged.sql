-- What was found again just as it was is no news.
--
-- grain:   a statement, rows of working tables removed
-- key:     none
-- params:  none
-- units:   none
delete from found_side
where found_number in (select unchanged.found_number from unchanged);
delete from found_match
where found_number in (select unchanged.found_number from unchanged);
delete from reopened
where match_id in (select unchanged.match_id from unchanged)
