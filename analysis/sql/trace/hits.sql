-- Every fact that bears an amount, a number or a name.
--
-- grain:   one row per fact
-- key:     kind, row_id
-- params:  as_of (date): what became known later does not exist yet; amount (decimal): null where the text is none;
--          number (text): as traces are compared, null where the text holds none; words (text): upper case, null where the
--          text is too short to be a name
-- example: as_of=2026-11-13, amount=1828.00, number=null, words=null
-- units:   none; field says what agrees, is_by_name is true where the name alone does
with numbers as (
    select 'bank line' as kind, cast(bank_transaction_id as varchar) as row_id, trace_key as number, 'trace in the bank''s text' as field
    from bank_trace
    union all
    select 'remittance' as kind, cast(remittance_id as varchar) as row_id, trace_key as number, 'trace' as field
    from remittance
    union all
    select
        'claim' as kind,
        cast(claim_payment_id as varchar) as row_id,
        ltrim(upper(payer_claim_control_number), '0') as number,
        'payer''s claim number' as field
    from claim_payment
    union all
    select 'posting batch' as kind, batch_id as row_id, reference_key as number, 'trace posted' as field
    from posting_line
    union all
    select 'receipt' as kind, receipt_id as row_id, ltrim(replace(upper(deposit_slip), '-', ''), '0') as number, 'deposit slip' as field
    from receipts
),

hits as (
    select kind, row_id, case when amount = $amount then 'amount' else 'amount, sign turned' end as field
    from traced_facts
    where amount in ($amount, -$amount)
    union all
    select kind, row_id, 'reference' as field
    from traced_facts
    where ltrim(replace(replace(upper(reference), ' ', ''), '-', ''), '0') = $number
    union all
    select kind, row_id, field
    from numbers
    where number = $number
    union all
    select kind, row_id, 'name' as field
    from traced_facts
    where position($words in upper(name)) > 0 and kind not in ('account entry', 'posted line', 'provider adjustment')
)

select
    hits.kind as kind,
    hits.row_id as row_id,
    string_agg(distinct hits.field, '; ' order by hits.field) as field,
    max(case when hits.field = 'name' then 0 else 1 end) = 0 as is_by_name
from hits
inner join traced_facts as fact on hits.kind = fact.kind and hits.row_id = fact.row_id
where fact.kind not in ('account entry', 'receipt') or fact.day <= $as_of
group by hits.kind, hits.row_id
order by kind, row_id
