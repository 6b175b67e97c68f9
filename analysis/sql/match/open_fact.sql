-- What is open of one fact now.
--
-- grain:   one row, none where nothing of the fact is open
-- key:     side, fact_id
-- params:  side (text), fact_id (text)
-- example: side='bank', fact_id='1'
-- units:   US dollars; of a batch its posted total, while no deposit is tied to it
with facts as (
    select 'bank' as side, fact_id, open_amount, known_on
    from open_deposits
    union all
    select 'remittance' as side, fact_id, open_amount, known_on
    from open_remittances
    union all
    select 'batch' as side, batch_id as fact_id, control_total as open_amount, known_on
    from open_batches
)

select
    facts.side,
    facts.fact_id,
    facts.open_amount,
    facts.known_on,
    linkable.reference
from facts
inner join linkable_facts as linkable on facts.side = linkable.side and facts.fact_id = linkable.fact_id
where facts.side = $side and facts.fact_id = $fact_id
