-- Proposals that no person has decided are looked at anew in every run.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  as_of (date): matches of later facts are left alone
-- units:   none
insert into reopened
select match_id
from match_standing
where status = 'proposed' and not is_by_person and known_on <= $as_of
