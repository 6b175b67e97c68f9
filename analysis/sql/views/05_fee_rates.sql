-- The fee rates in force: what processors keep of a card payment.
--
-- grain:   one row per rate
-- key:     name
-- params:  none
-- units:   percent of the payment
create or replace view fee_rates as
with ranked as (
    select
        name,
        value,
        row_number() over (partition by name order by effective_on desc, setting_id desc) as newness
    from setting
    inner join reporting_day on setting.effective_on <= reporting_day.day
    where name like 'fee_rate.%'
)

select
    name,
    cast(value as decimal(5, 2)) as percent
from ranked
where newness = 1 and value <> 'null'
