-- Open proposals that would tie a posting batch to a remittance or a deposit, and whose money is not counted yet.
--
-- grain:   one row per proposal, its batch and the remittance or deposit
-- key:     match_id, batch_id, other_side, other_fact_id
-- params:  as_of (date): facts and proposals of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars that the proposal links of the remittance or deposit
select
    own.match_id,
    own.fact_id as batch_id,
    other.side as other_side,
    other.fact_id as other_fact_id,
    other.reference,
    other.amount
from match_links as own
inner join match_links as other on own.match_id = other.match_id and other.side <> 'batch'
left join tied_matches as tied on own.match_id = tied.match_id
where own.side = 'batch' and own.status = 'proposed' and own.known_on <= $as_of and tied.match_id is null
order by own.fact_id, own.confidence desc, own.match_id, other.side, other.fact_id
