-- The working tables of one rule are empty for the next.
--
-- grain:   a statement, rows of working tables removed
-- key:     none
-- params:  none
-- units:   none
delete from candidate_pair;
delete from candidate_side;
delete from tied_pair
