-- What each match is about: the dollars linked on the side that comes first by name.
--
-- grain:   one row per match, also those that have ended
-- key:     match_id
-- params:  none
-- units:   US dollars
create or replace view match_amounts as
with first_sides as (
    select match_id, min(side) as side
    from match_side
    group by match_id
)

select match_side.match_id, sum(match_side.amount)::decimal(18, 2) as amount
from match_side
inner join first_sides on match_side.match_id = first_sides.match_id and match_side.side = first_sides.side
group by match_side.match_id
