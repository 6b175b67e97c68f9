-- After how many calendar days an open forwarding balance is late: 45, or the setting in force.
--
-- grain:   one row
-- key:     forward_balance_days
-- params:  none
-- units:   calendar days
-- note:    45 days is the rhythm of Medicare's contractors between the announcement and the taking
create or replace view takeback_days as
with ranked as (
    select value, row_number() over (order by effective_on desc, setting_id desc) as newness
    from setting
    inner join reporting_day on setting.effective_on <= reporting_day.day
    where name = 'takeback.forward_balance_days'
)

select cast(coalesce(max(case when newness = 1 and value <> 'null' then value end), '45') as integer) as forward_balance_days
from ranked
