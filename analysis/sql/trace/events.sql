-- What happened to the money of the facts found, from the bank to the account: those facts, and what hangs together with them.
--
-- grain:   one row per fact
-- key:     kind, row_id
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; paid_amount is what the claim was paid that the posted line was keyed for with another amount
-- note:    wanted_items gives the facts found: kind as side, row_id as fact_id, and in item_id `name` where only the name agrees.
--          From a line or a claim it goes up to its batch or remittance, from there over confirmed matches and the references
--          that batches post, two steps, and down to the lines and claims of that account; a deposit, remittance or batch found
--          by amount or number brings all that is in it
with found as (
    select
        fact.kind,
        fact.row_id,
        fact.side,
        fact.fact_id,
        fact.account_key,
        case when fact.kind = 'claim' then 'remittance' else fact.side end as top_side,
        case when fact.kind = 'claim' then cast(claim.remittance_id as varchar) else fact.fact_id end as top_id,
        fact.kind in ('bank line', 'remittance', 'posting batch') and wanted_items.item_id <> 'name' as is_whole
    from traced_facts as fact
    inner join wanted_items on fact.kind = wanted_items.side and fact.row_id = wanted_items.fact_id
    left join claim_payments as claim on fact.kind = 'claim' and fact.row_id = cast(claim.claim_payment_id as varchar)
),

pairs as materialized (
    select side, fact_id, other_side, other_fact_id
    from linked_pairs
    where known_on <= $as_of
    union
    select 'batch' as side, batch_id as fact_id, 'remittance' as other_side, cast(remittance_id as varchar) as other_fact_id
    from batch_advice
    union
    select 'remittance' as side, cast(remittance_id as varchar) as fact_id, 'batch' as other_side, batch_id as other_fact_id
    from batch_advice
),

starts as (
    select distinct top_side as root_side, top_id as root_id, is_whole
    from found
    where top_side in ('bank', 'remittance', 'batch')
),

next as (
    select starts.root_side, starts.root_id, starts.is_whole, pairs.other_side as side, pairs.other_fact_id as fact_id
    from starts
    inner join pairs on starts.root_side = pairs.side and starts.root_id = pairs.fact_id
),

tops as materialized (
    select root_side, root_id, is_whole, root_side as side, root_id as fact_id
    from starts
    union
    select root_side, root_id, is_whole, side, fact_id
    from next
    union
    select next.root_side, next.root_id, next.is_whole, pairs.other_side as side, pairs.other_fact_id as fact_id
    from next
    inner join pairs on next.side = pairs.side and next.fact_id = pairs.fact_id
),

-- Claims, posted lines and provider adjustments, each with the remittance or batch that holds it.
held as materialized (
    select
        fact.kind,
        fact.row_id,
        fact.account_key,
        fact.amount,
        case when fact.kind = 'posted line' then 'batch' else 'remittance' end as side,
        case when fact.kind = 'claim' then cast(claim.remittance_id as varchar) else fact.fact_id end as fact_id
    from traced_facts as fact
    left join claim_payments as claim on fact.kind = 'claim' and fact.row_id = cast(claim.claim_payment_id as varchar)
    where fact.kind in ('claim', 'posted line', 'provider adjustment')
),

lines as materialized (
    select distinct held.kind, held.row_id, held.account_key, held.amount, held.side, held.fact_id
    from held
    inner join tops on held.side = tops.side and held.fact_id = tops.fact_id
    left join found
        on tops.root_side = found.top_side
        and tops.root_id = found.top_id
        and held.account_key = found.account_key
        and found.kind in ('claim', 'posted line')
    where tops.is_whole or found.kind is not null
),

-- What agrees to the cent needs no slip: what is left over is keyed for one another where it is one line and one claim.
unlike as (
    select
        own.kind,
        own.row_id,
        own.account_key,
        own.amount,
        own.side,
        own.fact_id,
        count(*) over (partition by own.kind, own.fact_id, own.account_key) as alike
    from lines as own
    where own.kind in ('claim', 'posted line')
        and not exists (
            select 1
            from lines as other
            where own.kind <> other.kind and own.account_key = other.account_key and own.amount = other.amount
        )
),

keyed as (
    select line.row_id, max(claim.amount) as paid_amount
    from unlike as line
    inner join unlike as claim on line.account_key = claim.account_key
    inner join pairs
        on line.side = pairs.side
        and line.fact_id = pairs.fact_id
        and claim.side = pairs.other_side
        and claim.fact_id = pairs.other_fact_id
    where line.kind = 'posted line' and claim.kind = 'claim' and line.alike = 1 and claim.alike = 1
    group by line.row_id
),

entries as (
    select distinct 'account entry' as kind, cast(entry.account_transaction_id as varchar) as row_id
    from lines
    inner join posting_lines as posted on lines.row_id = cast(posted.posting_line_id as varchar)
    inner join account_transactions as entry
        on posted.account_number = entry.account_number
        and (
            posted.reference_number = entry.reference
            or (
                -posted.amount = entry.amount
                and entry.transaction_date = coalesce(posted.posting_date, posted.deposit_date)
            )
        )
    where lines.kind = 'posted line'
),

wanted as (
    select kind, row_id
    from found
    union
    select kind, row_id
    from lines
    union
    select kind, row_id
    from entries
    union
    select
        case side when 'bank' then 'bank line' when 'batch' then 'posting batch' else 'remittance' end as kind,
        fact_id as row_id
    from tops
)

select
    fact.kind,
    fact.row_id,
    fact.side,
    fact.fact_id,
    fact.day,
    fact.amount,
    fact.reference,
    case when not fact.is_patient then fact.name end as payer_name,
    fact.not_counted,
    fact.line_number,
    keyed.paid_amount,
    fact.file_id,
    fact.place
from wanted
inner join traced_facts as fact on wanted.kind = fact.kind and wanted.row_id = fact.row_id
left join keyed on fact.kind = 'posted line' and fact.row_id = keyed.row_id
where fact.kind not in ('account entry', 'receipt') or fact.day <= $as_of
order by fact.day, fact.kind, fact.row_id
