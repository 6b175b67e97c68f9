-- The payers' learned names: of matches that stand, and of those that stronger rules of this run have confirmed.
--
-- grain:   a statement, a working table made
-- key:     none
-- params:  none
-- units:   none
-- note:    without those of the run itself, what is proposed would depend on which file came in an earlier run
create temp table payer_aliases as
select bank_name, payer_name
from payer_aliases
union
select upper(deposit.company_name) as bank_name, advice.payer_name
from found_match
inner join found_side as bank_side on found_match.found_number = bank_side.found_number and bank_side.side = 'bank'
inner join found_side as advice_side
    on found_match.found_number = advice_side.found_number and advice_side.side = 'remittance'
inner join deposit_keys as deposit on bank_side.fact_id = deposit.fact_id
inner join remittance_keys as advice on advice_side.fact_id = advice.fact_id
where found_match.status = 'confirmed' and deposit.company_name is not null and advice.payer_name is not null
