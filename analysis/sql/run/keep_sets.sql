-- Candidate sets stand among the matches found; sole ones as the rule says, the others proposed.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  first_number (integer), rule (text), status (text), confidence (decimal)
-- units:   confidence of 100; US dollars of remainder
insert into found_match
select
    $first_number + set_number as found_number,
    $rule as rule,
    case when min(cast(is_sole as integer)) = 1 then $status else 'proposed' end as status,
    case when min(cast(is_sole as integer)) = 1 then $confidence else $confidence / 2 end::decimal(5, 2) as confidence,
    min(explanation) as explanation,
    min(agrees) as agrees,
    min(differs) as differs,
    cast(null as decimal(18, 2)) as remainder_amount,
    max(known_on) as known_on
from candidate_side
group by set_number
