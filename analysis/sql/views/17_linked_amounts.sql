-- What confirmed matches link of each fact to each other side, match by match.
--
-- grain:   one row per match, fact and other side
-- key:     match_id, side, fact_id, other_side
-- params:  none
-- units:   US dollars of the fact; known_on is the day the match's last side became known
create or replace view linked_amounts as
with other_sides as (
    select distinct match_id, side
    from match_side
)

select
    standing.match_id,
    standing.known_on,
    own.side,
    own.fact_id,
    other_sides.side as other_side,
    own.amount as linked_amount
from match_standing as standing
inner join match_side as own on standing.match_id = own.match_id
inner join other_sides on standing.match_id = other_sides.match_id and own.side <> other_sides.side
where standing.status = 'confirmed'
