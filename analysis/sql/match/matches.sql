-- Every match that holds on a day, side by side.
--
-- grain:   one row per side of a match
-- key:     match_id, side, fact_id
-- params:  as_of (date): a match counts once its last side is known
-- example: as_of=2026-11-13
-- units:   US dollars linked; confidence of 100
select
    match_id,
    status,
    rule,
    confidence,
    side,
    reference,
    amount,
    item_date as date,
    payer_name,
    explanation,
    fact_id
from match_links
where known_on <= $as_of
order by match_id, side, fact_id
