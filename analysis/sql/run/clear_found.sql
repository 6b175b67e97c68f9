-- The working tables of a run are empty, to find anew.
--
-- grain:   a statement, working tables dropped and emptied
-- key:     none
-- params:  none
-- units:   none
drop table if exists temp.open_traces;
drop table if exists temp.open_deposits;
drop table if exists temp.open_offers;
drop table if exists temp.open_remittances;
drop table if exists temp.open_batches;
drop table if exists temp.banked_remittances;
drop table if exists temp.linked_amounts;
drop table if exists temp.payer_aliases;
delete from found_side;
delete from found_match;
delete from unchanged
