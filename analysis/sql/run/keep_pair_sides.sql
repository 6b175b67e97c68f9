-- The two sides of each candidate pair stand among the sides found.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  first_number (integer); left_side (text), right_side (text)
-- units:   US dollars
insert into found_side
select $first_number + pair_number as found_number, $left_side as side, left_fact_id as fact_id, left_amount as amount
from candidate_pair
where is_kept
union all
select $first_number + pair_number as found_number, $right_side as side, right_fact_id as fact_id, right_amount as amount
from candidate_pair
where is_kept
