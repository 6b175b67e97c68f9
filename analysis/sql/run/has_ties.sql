-- Whether any fact stands in more than one of the candidate pairs.
--
-- grain:   one row
-- key:     none
-- params:  none
-- units:   none
select
    count(distinct left_fact_id) < count(*) or count(distinct right_fact_id) < count(*) as has_ties
from candidate_pair
