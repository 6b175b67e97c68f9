-- The sides of one match, whether it holds, is proposed or has ended.
--
-- grain:   one row per side
-- key:     side, fact_id
-- params:  match_id (integer)
-- example: match_id=1
-- units:   US dollars linked
select
    match_side.side,
    match_side.fact_id,
    facts.reference,
    match_side.amount,
    facts.item_date,
    facts.payer_name,
    facts.bank_account
from match_side
inner join linkable_facts as facts on match_side.side = facts.side and match_side.fact_id = facts.fact_id
where match_side.match_id = $match_id
order by match_side.side, match_side.fact_id
