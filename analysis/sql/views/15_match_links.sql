-- Every side of every match that holds now, confirmed or proposed.
--
-- grain:   one row per fact in a match
-- key:     match_id, side, fact_id
-- params:  none
-- units:   US dollars linked, never the fact's whole amount by default; known_on is the day the last side became known
create or replace view match_links as
select
    standing.match_id,
    standing.run_id,
    standing.rule,
    standing.confidence,
    standing.explanation,
    standing.agrees,
    standing.differs,
    standing.status,
    standing.is_by_person,
    match_side.side,
    match_side.fact_id,
    match_side.amount,
    facts.reference,
    facts.item_date,
    facts.payer_name,
    standing.known_on
from match_standing as standing
inner join match_side on standing.match_id = match_side.match_id
inner join linkable_facts as facts on match_side.side = facts.side and match_side.fact_id = facts.fact_id
where standing.status in ('confirmed', 'proposed')
