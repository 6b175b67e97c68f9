-- What the rule found or left undecided among deposits is out of weaker rules' reach.
--
-- grain:   a statement, rows of a working table removed
-- key:     none
-- params:  first_number (integer)
-- units:   none
delete from open_deposits
where fact_id in (
    select found_side.fact_id
    from found_side
    where found_side.side = 'bank' and found_side.found_number > $first_number
)
