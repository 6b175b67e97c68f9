-- What a run found that was not there, side by side.
--
-- grain:   one row per side of a match found
-- key:     found_number, side, fact_id
-- params:  none
-- units:   US dollars linked; confidence of 100
select
    found_match.found_number,
    found_match.rule,
    found_match.status,
    found_match.confidence,
    found_match.explanation,
    found_match.known_on,
    found_side.side,
    found_side.fact_id,
    found_side.amount,
    facts.reference,
    facts.item_date,
    facts.payer_name
from found_match
inner join found_side on found_match.found_number = found_side.found_number
inner join linkable_facts as facts on found_side.side = facts.side and found_side.fact_id = facts.fact_id
order by found_match.found_number, found_side.side, found_side.fact_id
