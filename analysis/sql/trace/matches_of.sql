-- The matches that hold the facts found, side by side, with who made them.
--
-- grain:   one row per side of a match
-- key:     match_id, side, fact_id
-- params:  as_of (date): matches of later facts do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars linked
-- note:    wanted_items gives the facts; a search puts its own rows in its place
select
    links.match_id,
    links.side,
    links.fact_id,
    links.known_on as day,
    links.amount,
    links.reference,
    case when coalesce(batch.batch_type in ('PATIENT', 'CARD'), false) then null else links.payer_name end as payer_name,
    links.rule,
    links.status,
    links.explanation
from match_links as links
left join posting_batches as batch on links.side = 'batch' and links.fact_id = batch.batch_id
where links.known_on <= $as_of
    and links.match_id in (
        select own.match_id
        from match_links as own
        inner join wanted_items on own.side = wanted_items.side and own.fact_id = wanted_items.fact_id
    )
order by links.match_id, links.side, links.fact_id
