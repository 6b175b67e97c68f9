-- What is open of one fact now: of money, between deposits and remittances; or of posting, between these and batches.
--
-- grain:   one row, none where nothing of the fact is open
-- key:     side, fact_id
-- params:  leg (text): money or posting; side (text), fact_id (text)
-- example: leg='money', side='bank', fact_id='1'
-- units:   US dollars; of a batch its control total
-- note:    a deposit or remittance is open to posting while no batch is tied to it, a batch always: it may post several
with posted as (
    select distinct side, fact_id
    from linked_amounts
    where other_side = 'batch'
),

facts as (
    select 'money' as leg, 'bank' as side, fact_id, open_amount, known_on
    from open_deposits
    union all
    select 'money' as leg, 'remittance' as side, fact_id, open_amount, known_on
    from open_remittances
    union all
    select 'money' as leg, 'batch' as side, batch_id as fact_id, control_total as open_amount, known_on
    from posting_batches
    union all
    select 'posting' as leg, 'batch' as side, batch_id as fact_id, control_total as open_amount, known_on
    from posting_batches
    union all
    select 'posting' as leg, 'bank' as side, deposit.fact_id, deposit.amount as open_amount, deposit.known_on
    from deposit_keys as deposit
    left join posted on posted.side = 'bank' and deposit.fact_id = posted.fact_id
    where posted.fact_id is null
    union all
    select
        'posting' as leg,
        'remittance' as side,
        cast(remittance.remittance_id as varchar) as fact_id,
        coalesce(remittance.payment_amount, 0) as open_amount,
        remittance.known_on
    from remittances as remittance
    left join posted on posted.side = 'remittance' and cast(remittance.remittance_id as varchar) = posted.fact_id
    where posted.fact_id is null and remittance.duplicate_of is null and remittance.currency = 'USD'
)

select
    facts.side,
    facts.fact_id,
    facts.open_amount,
    facts.known_on,
    linkable.reference
from facts
inner join linkable_facts as linkable on facts.side = linkable.side and facts.fact_id = linkable.fact_id
where facts.leg = $leg and facts.side = $side and facts.fact_id = $fact_id
