-- Judged pairs stand among the matches found; ties are proposed, whatever the rule may confirm.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  rule (text), status (text), confidence (decimal)
-- units:   confidence of 100; US dollars of remainder
insert into found_match
select
    judged.found_number,
    $rule as rule,
    case when judged.is_sole then $status else 'proposed' end as status,
    case when judged.is_sole then $confidence else $confidence / 2 end::decimal(5, 2) as confidence,
    candidate.explanation || case when judged.is_sole then '' else '; it fits more than one: ambiguous' end as explanation,
    candidate.agrees,
    candidate.differs,
    case when candidate.left_amount = candidate.right_amount then null else candidate.left_amount - candidate.right_amount end
        as remainder_amount,
    candidate.known_on
from judged_pair as judged
inner join candidate_pair as candidate
    on judged.left_fact_id = candidate.left_fact_id and judged.right_fact_id = candidate.right_fact_id
