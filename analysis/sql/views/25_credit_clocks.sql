-- The clocks in force: of each name the newest, a site's own setting before what Tieout ships.
--
-- grain:   one row per clock
-- key:     name
-- params:  none
-- units:   calendar days, years of dormancy; a value of null is switched off
create or replace view credit_clocks as
with every as (
    select name, value, effective_on, source, 0 as setting_id
    from credit_clock
    union all
    select
        replace(name, 'credit_clock.', '') as name,
        case when value = 'null' then null else cast(value as integer) end as value,
        effective_on,
        source,
        setting_id
    from setting
    where name like 'credit_clock.%'
),

ranked as (
    select
        every.name,
        every.value,
        every.effective_on,
        every.source,
        row_number() over (
            partition by every.name
            order by case when every.setting_id = 0 then 0 else 1 end desc, every.effective_on desc, every.setting_id desc
        ) as newness
    from every
    inner join reporting_day on every.effective_on <= reporting_day.day
)

select name, value, effective_on, source
from ranked
where newness = 1
