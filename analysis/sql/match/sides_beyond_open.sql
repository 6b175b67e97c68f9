-- The sides of a proposal that need more of a deposit or remittance than is still open.
--
-- grain:   one row per side
-- key:     side, fact_id
-- params:  match_id (integer)
-- example: match_id=1
-- units:   US dollars
with facts as (
    select 'bank' as side, fact_id, open_amount
    from open_deposits
    union all
    select 'remittance' as side, fact_id, open_amount
    from open_remittances
),

other_sides as (
    select count(distinct side) as advice_sides
    from match_side
    where match_id = $match_id and side in ('bank', 'remittance')
)

select
    match_side.side,
    match_side.fact_id,
    match_side.amount,
    coalesce(facts.open_amount, 0)::decimal(18, 2) as open_amount,
    linkable.reference
from match_side
inner join other_sides on other_sides.advice_sides = 2
inner join linkable_facts as linkable on match_side.side = linkable.side and match_side.fact_id = linkable.fact_id
left join facts on match_side.side = facts.side and match_side.fact_id = facts.fact_id
where match_side.match_id = $match_id
    and match_side.side in ('bank', 'remittance')
    and match_side.amount > coalesce(facts.open_amount, 0)
order by match_side.side, match_side.fact_id
