-- Deposits that a batch was tied to are posted.
--
-- grain:   a statement, rows of a working table changed
-- key:     none
-- params:  first_number (integer)
-- units:   none
update open_deposits
set is_posted = true
where fact_id in (
    select found_side.fact_id
    from found_side
    inner join found_match on found_side.found_number = found_match.found_number
    where found_side.side = 'bank' and found_match.status = 'confirmed' and found_side.found_number > $first_number
)
