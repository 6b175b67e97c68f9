-- What the rule found or left undecided among batches is out of weaker rules' reach.
--
-- grain:   a statement, rows of a working table removed
-- key:     none
-- params:  first_number (integer); left_side (text), right_side (text): of the rule's pairs
-- note:    also what ties with more partners than are shown
-- units:   none
delete from open_batches
where batch_id in (
    select found_side.fact_id
    from found_side
    where found_side.side = 'batch' and found_side.found_number > $first_number
    union all
    select candidate_pair.left_fact_id
    from candidate_pair
    where $left_side = 'batch'
    union all
    select candidate_pair.right_fact_id
    from candidate_pair
    where $right_side = 'batch'
)
