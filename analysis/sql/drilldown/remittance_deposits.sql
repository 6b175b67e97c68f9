-- The bank lines and batches that a remittance is matched to.
--
-- grain:   one row per match and fact on its other side
-- key:     match_id, side, fact_id
-- params:  remittance_id (integer)
-- example: remittance_id=1
-- units:   US dollars linked
select
    other.match_id,
    other.rule,
    other.status,
    other.explanation,
    other.side,
    other.fact_id,
    other.reference,
    other.item_date,
    other.amount as linked_amount
from match_links as own
inner join match_links as other on own.match_id = other.match_id and other.side <> 'remittance'
where own.side = 'remittance' and own.fact_id = cast($remittance_id as varchar)
order by other.match_id, other.side, other.fact_id
