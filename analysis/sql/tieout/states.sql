-- The one tie-out of a day: every deposit, remittance and posting batch with its money by state, no side left out.
--
-- grain:   one row per fact and state
-- key:     side, fact_id, state
-- params:  as_of (date): what became known later does not exist yet; late_after (integer): business days after the payment
--          date until which the money may take
-- example: as_of=2026-11-13, late_after=3
-- units:   US dollars, but for remittances that name another currency; item_amount is the whole fact, amount what of it stands in the state
with stated as (
    select 'bank' as side, fact_id, state, amount
    from deposit_states
    union all
    select 'remittance' as side, fact_id, state, amount
    from remittance_states
    union all
    select 'batch' as side, fact_id, state, amount
    from batch_states
)

select
    stated.side,
    stated.fact_id,
    facts.reference,
    facts.payer_name,
    facts.bank_account,
    facts.item_date,
    case
        when stated.state = 'remittance_alone' and today.business_number - own.business_number <= $late_after then 'not_due'
        else stated.state
    end as state,
    stated.amount,
    facts.amount as item_amount
from stated
inner join linkable_facts as facts on stated.side = facts.side and stated.fact_id = facts.fact_id
left join bank_day as today on today.calendar_day = $as_of
left join bank_day as own on facts.item_date = own.calendar_day
where facts.known_on <= $as_of
order by stated.side, facts.item_date, stated.fact_id, state
