-- The counters of what the items rest on: like store/counters, with what people do with cases left out.
--
-- grain:   one row per kind of id
-- key:     counter_name
-- params:  none
-- units:   counts
select
    counter_name,
    case counter_name
        when 'decision' then last_id - (select count(*) from case_event)
        else last_id
    end as last_id
from id_counter
where counter_name not in ('case_claim', 'case_filter', 'letter', 'reference_payer', 'code_list')
order by counter_name
