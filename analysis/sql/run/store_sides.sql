-- The sides of the matches found are kept.
--
-- grain:   a statement, a row written per side
-- key:     none
-- params:  first_id (integer)
-- units:   US dollars
insert into match_side (match_id, side, fact_id, amount)
select $first_id + found_number as match_id, side, fact_id, amount
from found_side
