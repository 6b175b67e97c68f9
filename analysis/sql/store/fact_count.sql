-- How many facts the store holds of the kinds that views are asked about most.
--
-- grain:   one row
-- key:     fact_count
-- params:  none
-- units:   rows
select
    (select count(*) from bank_transaction)
    + (select count(*) from remittance)
    + (select count(*) from posting_line) as fact_count
