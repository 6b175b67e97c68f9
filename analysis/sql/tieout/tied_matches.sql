-- The matches whose money the tie-out counts, as of a day; asked once, it stands in for the view in every other question.
--
-- grain:   one row per match
-- key:     match_id
-- params:  as_of (date): matches of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   no amounts
select
    match_id,
    rule,
    known_on,
    explanation,
    remainder_reason,
    is_proposed
from tied_matches
where known_on <= $as_of
