-- The posted lines of what is followed: of whole batches and accounts, of whole remittances, and of claims.
--
-- grain:   one row per posted line
-- key:     what, seed_id
-- params:  as_of (date): later lines and links do not exist yet
-- units:   none
with lines as (
    select
        posting_line_id,
        batch_id,
        reference_key,
        ltrim(upper(account_number), '0') as account_key
    from posting_lines
    where known_on <= $as_of
),

linked as (
    select distinct linked_pairs.fact_id as batch_id, linked_pairs.other_fact_id as remittance_id, traced.is_whole
    from linked_pairs
    inner join traced_facts as traced on traced.what = 'remittance' and linked_pairs.other_fact_id = traced.seed_id
    where linked_pairs.side = 'batch' and linked_pairs.other_side = 'remittance' and linked_pairs.known_on <= $as_of
),

claims as (
    select
        cast(claim.remittance_id as varchar) as remittance_id,
        ltrim(upper(claim.claim_id), '0') as account_key,
        remittance.trace_key
    from claim_payments as claim
    inner join traced_facts as traced
        on traced.what = 'claim' and cast(claim.claim_payment_id as varchar) = traced.seed_id
    inner join remittances as remittance on claim.remittance_id = remittance.remittance_id
),

found as (
    select lines.posting_line_id
    from lines
    inner join traced_facts as traced
        on (traced.what = 'batch' and traced.is_whole and lines.batch_id = traced.seed_id)
    union
    select lines.posting_line_id
    from lines
    inner join traced_facts as traced on traced.what = 'account' and lines.account_key = ltrim(upper(traced.seed_id), '0')
    union
    select lines.posting_line_id
    from lines
    inner join claims on lines.account_key = claims.account_key and lines.reference_key = claims.trace_key
    union
    select lines.posting_line_id
    from lines
    inner join linked on lines.batch_id = linked.batch_id
    inner join claims on linked.remittance_id = claims.remittance_id and lines.account_key = claims.account_key
    where lines.reference_key is null or lines.reference_key = claims.trace_key
    union
    select lines.posting_line_id
    from lines
    inner join linked on lines.batch_id = linked.batch_id and linked.is_whole
    inner join remittances as remittance on linked.remittance_id = cast(remittance.remittance_id as varchar)
    where lines.reference_key is null or lines.reference_key = remittance.trace_key
    union
    select lines.posting_line_id
    from lines
    inner join receipts as receipt
        on lines.reference_key = receipt.check_key
        and lines.account_key = ltrim(upper(coalesce(receipt.account_number, lines.account_key)), '0')
    inner join traced_facts as traced on traced.what = 'receipt' and receipt.receipt_id = traced.seed_id
    union
    select lines.posting_line_id
    from account_transactions as entry
    inner join traced_facts as traced
        on traced.what = 'ledger_entry' and cast(entry.account_transaction_id as varchar) = traced.seed_id
    inner join lines
        on ltrim(upper(entry.account_number), '0') = lines.account_key
        and ltrim(translate(upper(entry.reference), ' -/.', ''), '0') = lines.reference_key
)

select 'posted_line' as what, cast(posting_line_id as varchar) as seed_id, false as is_whole
from found
