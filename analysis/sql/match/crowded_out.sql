-- Proposals that need more of a deposit, remittance or batch than is still open.
--
-- grain:   one row per proposal
-- key:     match_id
-- params:  none
-- units:   none
with facts as (
    select 'bank' as side, fact_id, open_amount
    from open_deposits
    union all
    select 'remittance' as side, fact_id, open_amount
    from open_remittances
),

between_money_and_advice as (
    select standing.match_id
    from match_standing as standing
    inner join match_side on standing.match_id = match_side.match_id
    where standing.status = 'proposed' and match_side.side in ('bank', 'remittance')
    group by standing.match_id
    having count(distinct match_side.side) = 2
),

posted as (
    select distinct side, fact_id
    from linked_amounts
    where (side = 'bank' and other_side = 'batch') or (side = 'batch' and other_side = 'bank')
),

between_money_and_batches as (
    select standing.match_id
    from match_standing as standing
    inner join match_side on standing.match_id = match_side.match_id
    where standing.status = 'proposed' and match_side.side in ('bank', 'batch')
    group by standing.match_id
    having count(distinct match_side.side) = 2
)

select match_side.match_id
from between_money_and_advice as proposal
inner join match_side on proposal.match_id = match_side.match_id
left join facts on match_side.side = facts.side and match_side.fact_id = facts.fact_id
where match_side.side in ('bank', 'remittance') and match_side.amount > coalesce(facts.open_amount, 0)
union
select match_side.match_id
from between_money_and_batches as proposal
inner join match_side on proposal.match_id = match_side.match_id
inner join posted on match_side.side = posted.side and match_side.fact_id = posted.fact_id
