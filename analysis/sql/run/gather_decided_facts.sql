-- The facts that people decided about, in matches or as open items.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  none
-- units:   none
insert into decided_fact
select match_side.side, match_side.fact_id
from match_side
inner join match_group on match_side.match_id = match_group.match_id
where match_group.rule = 'by_hand'
union
select match_side.side, match_side.fact_id
from match_side
inner join decision
    on decision.subject_type = 'match'
    and decision.subject_id = cast(match_side.match_id as varchar)
    and decision.action in ('confirm', 'decline', 'unmatch')
union
select split_part(subject_id, '-', 1) as side, split_part(subject_id, '-', 2) as fact_id
from decision
where subject_type = 'item' and action in ('hold', 'return')
