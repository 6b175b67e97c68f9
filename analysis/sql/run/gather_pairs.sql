-- What a rule's query finds of pairs is gathered to be judged.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  none
-- units:   US dollars
-- note:    the rule's query, with its parameters, stands in the place of the name it reads from
insert into candidate_pair
select
    row_number() over () as pair_number,
    true as is_sole,
    true as is_kept,
    left_fact_id,
    left_amount,
    right_fact_id,
    right_amount,
    known_on,
    explanation,
    agrees,
    differs
from rule_rows
