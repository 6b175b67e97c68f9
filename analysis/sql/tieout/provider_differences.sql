-- For batches that name remittances: provider adjustments remitted by code, beside what was posted of them.
--
-- grain:   one row per batch and adjustment code, and one with no code for what was posted
-- key:     batch_id, reason_code
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars as cash: an adjustment that reduces the payment is negative on both sides
with remitted as (
    select distinct
        fact_id as batch_id,
        other_fact_id as remittance_fact_id
    from linked_pairs
    where side = 'batch' and other_side = 'remittance' and known_on <= $as_of
)

select
    remitted.batch_id,
    coalesce(adjustment.reason_code, '?') as reason_code,
    (-sum(adjustment.amount))::decimal(18, 2) as amount
from remitted
inner join provider_adjustments as adjustment
    on remitted.remittance_fact_id = cast(adjustment.remittance_id as varchar)
group by remitted.batch_id, coalesce(adjustment.reason_code, '?')
union all
select
    line.batch_id,
    'posted' as reason_code,
    sum(line.amount)::decimal(18, 2) as amount
from posting_lines as line
where line.transaction_type = 'PROVIDER_ADJUSTMENT'
    and line.known_on <= $as_of
    and line.batch_id in (select remitted.batch_id from remitted)
group by line.batch_id
order by batch_id, reason_code
