-- The sides of each candidate set stand among the sides found.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  first_number (integer)
-- units:   US dollars
insert into found_side
select $first_number + set_number as found_number, side, fact_id, amount
from candidate_side
