-- That a remittance is paid in another currency than US dollars.
--
-- grain:   one row, none where it is in US dollars
-- key:     reference
-- params:  side (text), fact_id (text)
-- example: side='remittance', fact_id='1'
-- units:   the currency's code
select coalesce(trace_number, 'without a trace') as reference, currency
from remittances
where $side = 'remittance' and cast(remittance_id as varchar) = $fact_id and currency <> 'USD'
