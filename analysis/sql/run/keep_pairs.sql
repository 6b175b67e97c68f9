-- Candidate pairs stand among the matches found; ties are proposed, whatever the rule may confirm.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  first_number (integer), rule (text), status (text), confidence (decimal)
-- units:   confidence of 100; US dollars of remainder
insert into found_match
select
    $first_number + pair_number as found_number,
    $rule as rule,
    case when is_sole then $status else 'proposed' end as status,
    case when is_sole then $confidence else $confidence / 2 end::decimal(5, 2) as confidence,
    explanation || case when is_sole then '' else '; it fits more than one: ambiguous' end as explanation,
    agrees,
    differs,
    case when left_amount = right_amount then null else left_amount - right_amount end as remainder_amount,
    known_on
from candidate_pair
where is_kept
