-- Posted lines and the claims they were keyed for, where one of the two has this amount and the other has another.
--
-- grain:   one row per claim and posted line
-- key:     claim_payment_id, posting_line_id
-- params:  amount (number): of the claim or of the line, without sign
--          as_of (date): facts of later days do not exist yet
--          most (integer): how many at most
-- example: amount = 1828.00, most = 25
-- units:   US dollars
-- note:    the line names the remittance by trace or cheque number, or a confirmed match ties their batch to it; the line's
--          account is the claim's number
with claims as (
    select
        claim.claim_payment_id,
        claim.paid_amount,
        claim.remittance_id,
        remittance.trace_key,
        ltrim(upper(claim.claim_id), '0') as account_key
    from claim_payments as claim
    inner join remittances as remittance on claim.remittance_id = remittance.remittance_id
    where remittance.duplicate_of is null and claim.paid_amount is not null and remittance.known_on <= $as_of
),

lines as (
    select
        posting_line_id,
        batch_id,
        amount,
        reference_key,
        ltrim(upper(account_number), '0') as account_key
    from posting_lines
    where transaction_type <> 'PROVIDER_ADJUSTMENT' and known_on <= $as_of
),

pairs as (
    select claims.claim_payment_id, lines.posting_line_id, claims.remittance_id, claims.trace_key
    from claims
    inner join lines on claims.account_key = lines.account_key
    where abs(claims.paid_amount) = $amount and lines.amount <> claims.paid_amount
    union
    select claims.claim_payment_id, lines.posting_line_id, claims.remittance_id, claims.trace_key
    from lines
    inner join claims on lines.account_key = claims.account_key
    where abs(lines.amount) = $amount and claims.paid_amount <> lines.amount
)

select
    pairs.claim_payment_id,
    pairs.posting_line_id,
    claims.paid_amount,
    lines.amount as keyed_amount
from pairs
inner join claims on pairs.claim_payment_id = claims.claim_payment_id
inner join lines on pairs.posting_line_id = lines.posting_line_id
where pairs.trace_key = lines.reference_key
    or exists (
        select linked.match_id
        from linked_pairs as linked
        where linked.side = 'batch'
            and linked.other_side = 'remittance'
            and linked.fact_id = lines.batch_id
            and linked.other_fact_id = cast(pairs.remittance_id as varchar)
    )
order by pairs.claim_payment_id desc, pairs.posting_line_id
limit $most
