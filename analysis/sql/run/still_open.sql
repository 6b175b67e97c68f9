-- How many deposits and remittances are left to the rules.
--
-- grain:   one row
-- key:     none
-- params:  none
-- units:   counts
select
    (select count(*) from open_deposits) as bank,
    (select count(*) from open_remittances) as remittance
