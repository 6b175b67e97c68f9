-- The remittances, deposits and batches that confirmed matches tie to what is followed: out to both sides, never back in.
--
-- grain:   one row per fact
-- key:     what, seed_id
-- params:  as_of (date): links of later days do not exist yet
-- units:   none; is_whole: the fact was looked for itself, or its money is all of what was looked for
-- note:    a deposit reached from one of its remittances does not lead on to the others
with linked as (
    select distinct
        case side when 'bank' then 'bank_line' else side end as what,
        fact_id,
        case other_side when 'bank' then 'bank_line' else other_side end as other_what,
        other_fact_id
    from linked_pairs
    where known_on <= $as_of
),

asked as (
    select linked.what, linked.other_what, linked.other_fact_id
    from linked
    inner join traced_facts as traced on linked.what = traced.what and linked.fact_id = traced.seed_id
    where traced.is_whole
),

parts as (
    select cast(claim.remittance_id as varchar) as fact_id
    from claim_payments as claim
    inner join traced_facts as traced
        on traced.what = 'claim' and cast(claim.claim_payment_id as varchar) = traced.seed_id
    union
    select cast(adjustment.remittance_id as varchar) as fact_id
    from provider_adjustments as adjustment
    inner join traced_facts as traced
        on traced.what = 'provider_adjustment'
        and cast(adjustment.file_id as varchar) || '-' || cast(adjustment.place as varchar)
        || '-' || cast(adjustment.position as varchar) = traced.seed_id
),

line_batches as (
    select distinct line.batch_id as fact_id
    from posting_lines as line
    inner join traced_facts as traced
        on traced.what = 'posted_line' and cast(line.posting_line_id as varchar) = traced.seed_id
),

advice as (
    select seed_id as fact_id, true as is_whole
    from traced_facts
    where what = 'remittance'
    union
    select other_fact_id as fact_id, true as is_whole
    from asked
    where other_what = 'remittance'
    union
    select fact_id, false as is_whole
    from parts
),

reached as (
    select 'remittance' as what, fact_id, is_whole
    from advice
    union
    select 'batch' as what, fact_id, false as is_whole
    from line_batches
    union
    select other_what as what, other_fact_id as fact_id, what = 'bank_line' as is_whole
    from asked
    where other_what <> 'remittance'
    union
    select linked.other_what as what, linked.other_fact_id as fact_id, false as is_whole
    from linked
    inner join advice on linked.what = 'remittance' and linked.fact_id = advice.fact_id
    union
    select 'bank_line' as what, linked.other_fact_id as fact_id, false as is_whole
    from linked
    inner join line_batches on linked.what = 'batch' and linked.fact_id = line_batches.fact_id
    where linked.other_what = 'bank_line'
)

select what, fact_id as seed_id, max(case when is_whole then 1 else 0 end) = 1 as is_whole
from reached
group by what, fact_id
