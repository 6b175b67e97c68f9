-- Deposits of which no posting batch has posted anything.
--
-- grain:   one row per bank credit
-- key:     bank_transaction_id
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars
with pairs as (
    select side, fact_id, other_side, other_fact_id
    from linked_pairs
    where known_on <= $as_of
),

posted as (
    select fact_id as bank_fact_id
    from pairs
    where side = 'bank' and other_side = 'batch'
    union
    select bank.fact_id as bank_fact_id
    from pairs as bank
    inner join pairs as batch
        on bank.other_fact_id = batch.fact_id and batch.side = 'remittance' and batch.other_side = 'batch'
    where bank.side = 'bank' and bank.other_side = 'remittance'
),

remitted as (
    select
        pairs.fact_id as bank_fact_id,
        sum(remittance.payment_amount)::decimal(18, 2) as remitted_total,
        min(remittance.payer_name) as payer_name
    from pairs
    inner join remittances as remittance on pairs.other_fact_id = cast(remittance.remittance_id as varchar)
    where pairs.side = 'bank' and pairs.other_side = 'remittance'
    group by pairs.fact_id
)

select
    line.bank_transaction_id,
    line.bank_reference,
    line.bank_account,
    line.posted_date as deposit_date,
    coalesce(remitted.payer_name, line.company_name) as payer_name,
    coalesce(remitted.remitted_total, 0)::decimal(18, 2) as remitted_total,
    line.amount as deposited_total,
    line.line_kind
from bank_transactions as line
left join remitted on cast(line.bank_transaction_id as varchar) = remitted.bank_fact_id
where line.not_counted is null
    and line.amount > 0
    and line.line_kind not in ('interest', 'sweep', 'adjustment')
    and line.known_on <= $as_of
    and cast(line.bank_transaction_id as varchar) not in (select posted.bank_fact_id from posted)
order by line.posted_date, line.bank_transaction_id
