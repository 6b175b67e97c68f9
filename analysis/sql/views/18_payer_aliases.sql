-- Names under which banks show a payer, learned from matches: how often confirmed, how often declined.
--
-- grain:   one row per bank name and payer name
-- key:     bank_name, payer_name
-- params:  none
-- units:   counts of matches
create or replace view payer_aliases as
with sides as (
    select
        standing.match_id,
        standing.status,
        standing.action,
        upper(bank.company_name) as bank_name,
        remittance.payer_name
    from match_standing as standing
    inner join match_side as bank_side on standing.match_id = bank_side.match_id and bank_side.side = 'bank'
    inner join match_side as advice_side on standing.match_id = advice_side.match_id and advice_side.side = 'remittance'
    inner join bank_transactions as bank on bank_side.fact_id = cast(bank.bank_transaction_id as varchar)
    inner join remittances as remittance on advice_side.fact_id = cast(remittance.remittance_id as varchar)
    where bank.company_name is not null and remittance.payer_name is not null
)

select
    bank_name,
    payer_name,
    count(distinct case when status = 'confirmed' then match_id end) as confirmed_count,
    count(distinct case when action in ('decline', 'unmatch') then match_id end) as declined_count
from sides
group by bank_name, payer_name
having count(distinct case when status = 'confirmed' then match_id end) > 0
