-- The fee rates in force, smallest first, with who set each, from which day and why.
--
-- grain:   one row per rate
-- key:     name
-- params:  none
-- units:   percent of the payment
select
    fee_rates.name,
    fee_rates.percent,
    newest.effective_on,
    newest.source,
    newest.decided_by
from fee_rates
inner join settings as newest on fee_rates.name = newest.name
where newest.setting_id = (select max(other.setting_id) from settings as other where other.name = fee_rates.name)
order by fee_rates.percent
