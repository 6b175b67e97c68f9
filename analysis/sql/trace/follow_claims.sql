-- The claims that the followed accounts, posted lines and ledger entries are about.
--
-- grain:   one row per claim
-- key:     what, seed_id
-- params:  as_of (date): links of later days do not exist yet
-- units:   none
with claims as (
    select
        claim.claim_payment_id,
        claim.remittance_id,
        remittance.trace_key,
        ltrim(upper(claim.claim_id), '0') as account_key
    from claim_payments as claim
    inner join remittances as remittance on claim.remittance_id = remittance.remittance_id
),

named as (
    select
        ltrim(upper(entry.account_number), '0') as account_key,
        ltrim(translate(upper(entry.reference), ' -/.', ''), '0') as trace_key,
        cast(null as varchar) as batch_id
    from account_transactions as entry
    inner join traced_facts as traced
        on traced.what = 'ledger_entry' and cast(entry.account_transaction_id as varchar) = traced.seed_id
    union
    select
        ltrim(upper(line.account_number), '0') as account_key,
        line.reference_key as trace_key,
        line.batch_id
    from posting_lines as line
    inner join traced_facts as traced
        on traced.what = 'posted_line' and cast(line.posting_line_id as varchar) = traced.seed_id
)

select 'claim' as what, cast(claims.claim_payment_id as varchar) as seed_id, false as is_whole
from claims
inner join traced_facts as traced
    on traced.what = 'account' and claims.account_key = ltrim(upper(traced.seed_id), '0')
union
select 'claim' as what, cast(claims.claim_payment_id as varchar) as seed_id, false as is_whole
from claims
inner join named on claims.account_key = named.account_key and claims.trace_key = named.trace_key
union
select 'claim' as what, cast(claims.claim_payment_id as varchar) as seed_id, false as is_whole
from named
inner join linked_pairs as linked
    on linked.side = 'batch' and linked.other_side = 'remittance' and named.batch_id = linked.fact_id
inner join claims
    on named.account_key = claims.account_key and linked.other_fact_id = cast(claims.remittance_id as varchar)
where linked.known_on <= $as_of
