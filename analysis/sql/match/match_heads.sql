-- One match as it was made and as it stands: its rule, its words, its remainder, who decided.
--
-- grain:   one row, none where there is no such match
-- key:     match_id
-- params:  match_id (integer)
-- example: match_id=1
-- units:   confidence of 100; US dollars of remainder, deposits minus remittances; decided_at in UTC
select
    match_id,
    run_id,
    rule,
    status,
    confidence,
    explanation,
    agrees,
    differs,
    remainder_amount,
    remainder_reason,
    action,
    decided_by,
    decided_at,
    reason,
    known_on
from match_standing
where match_id = $match_id
