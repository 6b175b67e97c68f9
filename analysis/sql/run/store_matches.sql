-- The matches found are kept.
--
-- grain:   a statement, a row written per match
-- key:     none
-- params:  first_id (integer), run_id (integer)
-- units:   confidence of 100; US dollars of remainder
insert into match_group (
    match_id, run_id, rule, status, confidence, explanation, agrees, differs, remainder_amount, known_on
)
select
    $first_id + found_number as match_id,
    $run_id as run_id,
    rule,
    status,
    confidence,
    explanation,
    agrees,
    differs,
    remainder_amount,
    known_on
from found_match
