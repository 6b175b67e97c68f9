-- For batches that name remittances: accounts on which what was posted is not what the remittances paid.
--
-- grain:   one row per batch and account
-- key:     batch_id, account_key
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; provider adjustments are left out on both sides
-- note:    the lists of an account hold its claims in their order, and its posted lines in theirs; account_number as the lines
--          write it, else as the claims do
with paid as (
    select
        batch_id,
        account_key,
        sum(paid_amount)::decimal(18, 2) as paid_amount,
        count(*) as claim_count,
        min(claim_payment_id) as claim_payment_id,
        min(claim_id) as account_number,
        array_agg(paid_amount order by claim_payment_id) as paid_amounts,
        array_agg(claim_payment_id order by claim_payment_id) as claim_payment_ids
    from batch_claims
    group by batch_id, account_key
),

named as (
    select distinct fact_id as batch_id, other_fact_id as remittance_fact_id
    from tied_pairs
    where side = 'batch' and other_side = 'remittance' and known_on <= $as_of
),

sent_twice as (
    select distinct duplicate_of as remittance_id
    from remittances
    where duplicate_of is not null
),

-- Accounts of a batch whose claim another batch has posted: posted a second time.
elsewhere as (
    select
        named.batch_id,
        claim.account_key,
        min(claim.claim_payment_id) as claim_payment_id,
        min(claim.batch_id) as other_batch_id,
        max(case when sent_twice.remittance_id is null then 0 else 1 end) as is_sent_twice
    from named
    inner join batch_claims as claim
        on named.remittance_fact_id = cast(claim.remittance_id as varchar) and named.batch_id <> claim.batch_id
    left join sent_twice on claim.remittance_id = sent_twice.remittance_id
    group by named.batch_id, claim.account_key
),

posted as (
    select
        line.batch_id,
        ltrim(upper(line.account_number), '0') as account_key,
        sum(line.amount)::decimal(18, 2) as posted_amount,
        count(*) as line_count,
        min(line.account_number) as account_number,
        array_agg(line.amount order by line.posting_line_id) as line_amounts,
        array_agg(line.line_number order by line.posting_line_id) as line_numbers,
        array_agg(line.posting_line_id order by line.posting_line_id) as posting_line_ids,
        min(case when line.transaction_type = 'UNAPPLIED' then 1 else 0 end) as is_unapplied
    from posting_lines as line
    where line.transaction_type <> 'PROVIDER_ADJUSTMENT'
        and line.known_on <= $as_of
        and line.batch_id in (select named.batch_id from named)
    group by line.batch_id, ltrim(upper(line.account_number), '0')
)

select
    coalesce(paid.batch_id, posted.batch_id) as batch_id,
    coalesce(paid.account_key, posted.account_key) as account_key,
    coalesce(posted.account_number, paid.account_number) as account_number,
    paid.paid_amount,
    coalesce(paid.claim_count, 0) as claim_count,
    coalesce(paid.claim_payment_id, elsewhere.claim_payment_id) as claim_payment_id,
    posted.posted_amount,
    coalesce(posted.line_count, 0) as line_count,
    paid.paid_amounts,
    paid.claim_payment_ids,
    posted.line_amounts,
    posted.line_numbers,
    posted.posting_line_ids,
    coalesce(posted.is_unapplied, 0) = 1 as is_unapplied,
    elsewhere.other_batch_id,
    coalesce(elsewhere.is_sent_twice, 0) = 1 as is_sent_twice
from paid
full outer join posted on paid.batch_id = posted.batch_id and paid.account_key = posted.account_key
left join elsewhere on posted.batch_id = elsewhere.batch_id and posted.account_key = elsewhere.account_key
where coalesce(paid.paid_amount, 0) <> coalesce(posted.posted_amount, 0)
order by batch_id, posted.posting_line_ids[1] nulls last, account_key
