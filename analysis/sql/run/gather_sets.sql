-- What a rule's query finds of sets is gathered to be judged.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  none
-- units:   US dollars
-- note:    the rule's query, with its parameters, stands in the place of the name it reads from
insert into candidate_side
select
    set_number,
    is_sole,
    side,
    fact_id,
    amount,
    known_on,
    explanation,
    agrees,
    differs
from rule_rows
