-- Sets that a person declined are no candidates.
--
-- grain:   a statement, rows of a working table removed
-- key:     none
-- params:  none
-- units:   none
delete from candidate_side
where set_number in (
    select sets.set_number
    from candidate_side as sets
    inner join declined_side on sets.side = declined_side.side and sets.fact_id = declined_side.fact_id
    inner join (
        select set_number, count(*) as side_count
        from candidate_side
        group by set_number
    ) as sizes on sets.set_number = sizes.set_number and declined_side.side_count = sizes.side_count
    group by sets.set_number, declined_side.match_id, declined_side.side_count
    having count(*) = declined_side.side_count
)
