-- Remittances that the rule tied to a deposit have one.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  first_number (integer)
-- units:   none
insert into banked_remittances
select distinct cast(found_side.fact_id as bigint) as remittance_id
from found_side
inner join found_match on found_side.found_number = found_match.found_number
where found_side.side = 'remittance' and found_match.status = 'confirmed' and found_side.found_number > $first_number
