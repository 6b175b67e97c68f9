-- What was found with a fact that a person holds is no match: it waits, and what ties with it waits too.
--
-- grain:   a statement, rows of working tables removed
-- key:     none
-- params:  none
-- units:   none
delete from found_match
where found_number in (
    select found_side.found_number
    from found_side
    inner join held_facts on found_side.side = held_facts.side and found_side.fact_id = held_facts.fact_id
);
delete from found_side
where found_number not in (select found_match.found_number from found_match)
