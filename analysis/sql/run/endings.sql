-- What stood before a run and that it no longer finds, side by side.
--
-- grain:   one row per side of a match that ends
-- key:     match_id, side, fact_id
-- params:  none
-- units:   US dollars linked; confidence of 100
select
    match_group.match_id,
    match_group.rule,
    match_group.status,
    match_group.confidence,
    match_group.explanation,
    match_group.known_on,
    match_side.side,
    match_side.fact_id,
    match_side.amount,
    facts.reference,
    facts.item_date,
    facts.payer_name
from reopened
inner join match_group on reopened.match_id = match_group.match_id
inner join match_side on match_group.match_id = match_side.match_id
inner join linkable_facts as facts on match_side.side = facts.side and match_side.fact_id = facts.fact_id
order by match_group.match_id, match_side.side, match_side.fact_id
