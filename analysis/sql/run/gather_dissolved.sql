-- Facts whose match the run did not find again: they may want what other matches hold.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  none
-- units:   none
delete from fresh_fact;
insert into fresh_fact
select match_side.side, match_side.fact_id, match_group.known_on as item_date
from reopened
inner join match_group on reopened.match_id = match_group.match_id
inner join match_side on reopened.match_id = match_side.match_id
where reopened.match_id not in (select unchanged.match_id from unchanged)
