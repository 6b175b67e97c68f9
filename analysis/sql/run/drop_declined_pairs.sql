-- Pairs that a person declined are no candidates.
--
-- grain:   a statement, rows of a working table removed
-- key:     none
-- params:  left_side (text), right_side (text)
-- units:   none
delete from candidate_pair
where exists (
    select 1
    from declined_side as own
    inner join declined_side as other on own.match_id = other.match_id
    where own.side_count = 2
        and own.side = $left_side
        and own.fact_id = candidate_pair.left_fact_id
        and other.side = $right_side
        and other.fact_id = candidate_pair.right_fact_id
)
