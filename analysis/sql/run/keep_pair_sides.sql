-- The two sides of each judged pair stand among the sides found.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  left_side (text), right_side (text)
-- units:   US dollars
insert into found_side
select found_number, $left_side as side, left_fact_id as fact_id, left_amount as amount
from judged_pair
union all
select found_number, $right_side as side, right_fact_id as fact_id, right_amount as amount
from judged_pair
