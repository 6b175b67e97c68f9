-- A working table of the cases whose guards are to be moved in this transaction.
--
-- grain:   a statement, an empty table
-- key:     none
-- params:  none
-- units:   version and claim_number as they were read; null for a case that nobody has touched
create or replace temp table guarded_case (
    case_id varchar,
    case_kind varchar,
    item_type varchar,
    reference varchar,
    payer_name varchar,
    amount decimal(18, 2),
    item_date date,
    version integer,
    claim_number integer
)
