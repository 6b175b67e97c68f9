-- Matches looked at anew and found again just as they were.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  none
-- units:   none
insert into unchanged
with found as (
    select
        found_match.found_number,
        found_match.rule,
        found_match.status,
        found_match.explanation,
        found_side.side,
        found_side.fact_id,
        found_side.amount,
        count(*) over (partition by found_match.found_number) as side_count
    from found_match
    inner join found_side on found_match.found_number = found_side.found_number
),

before as (
    select
        match_group.match_id,
        match_group.rule,
        match_group.status,
        match_group.explanation,
        match_side.side,
        match_side.fact_id,
        match_side.amount,
        count(*) over (partition by match_group.match_id) as side_count
    from reopened
    inner join match_group on reopened.match_id = match_group.match_id
    inner join match_side on reopened.match_id = match_side.match_id
)

select
    before.match_id,
    found.found_number
from before
inner join found
    on before.rule = found.rule
    and before.status = found.status
    and before.explanation = found.explanation
    and before.side = found.side
    and before.fact_id = found.fact_id
    and before.amount = found.amount
    and before.side_count = found.side_count
group by before.match_id, found.found_number, before.side_count
having count(*) = before.side_count
