-- Every remittance's money by state: what of it was deposited and posted, what waits, what needs no deposit.
--
-- grain:   one row per remittance and state
-- key:     fact_id, state
-- params:  none
-- units:   US dollars, but for what names another currency, most of it in the state other_currency; the amounts of a remittance add up to it
create or replace view remittance_states as
with legs as (
    select
        cast(remittance.remittance_id as varchar) as fact_id,
        coalesce(remittance.payment_amount, 0)::decimal(18, 2) as amount,
        coalesce(legs.deposited_amount, 0)::decimal(18, 2) as deposited_amount,
        coalesce(legs.is_deposited, false) as is_deposited,
        coalesce(legs.is_posted, false) as is_posted,
        coalesce(
            not legs.has_remainder and legs.posted_amount = legs.deposited_amount,
            false
        ) as is_tied,
        case
            when remittance.duplicate_of is not null then 'duplicate'
            when remittance.is_without_deposit and not coalesce(legs.is_deposited, false) then 'no_deposit_wanted'
            when remittance.currency <> 'USD' and not coalesce(legs.is_deposited, false) then 'other_currency'
        end as set_aside
    from remittances as remittance
    left join remittance_legs as legs on cast(remittance.remittance_id as varchar) = legs.fact_id
)

select fact_id, set_aside as state, amount
from legs
where set_aside is not null
union all
select
    fact_id,
    case when not is_posted then 'unposted' when is_tied then 'tied' else 'differs' end as state,
    deposited_amount as amount
from legs
where set_aside is null and is_deposited
union all
select
    fact_id,
    case when is_posted then 'posted_without_deposit' else 'remittance_alone' end as state,
    (amount - deposited_amount)::decimal(18, 2) as amount
from legs
where set_aside is null and amount <> deposited_amount
union all
select fact_id, 'remittance_alone' as state, amount
from legs
where set_aside is null and not is_deposited and amount = deposited_amount
