-- The sets that a person declined or took apart, which no rule offers again while its facts are told as they were.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  none
-- units:   none
insert into declined_side
select
    match_side.match_id,
    match_side.side,
    match_side.fact_id,
    count(*) over (partition by match_side.match_id) as side_count
from match_standing as standing
inner join match_side on standing.match_id = match_side.match_id
where standing.action in ('decline', 'unmatch') and standing.status = 'ended'
