-- For batches that name remittances: accounts on which what was posted is not what the remittances paid.
--
-- grain:   one row per batch and account
-- key:     batch_id, account_key
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; provider adjustments are left out on both sides
with remitted as (
    select distinct
        fact_id as batch_id,
        other_fact_id as remittance_fact_id
    from linked_pairs
    where side = 'batch' and other_side = 'remittance' and known_on <= $as_of
),

paid as (
    select
        remitted.batch_id,
        ltrim(upper(claim.claim_id), '0') as account_key,
        sum(claim.paid_amount)::decimal(18, 2) as paid_amount,
        count(*) as claim_count
    from remitted
    inner join claim_payments as claim on remitted.remittance_fact_id = cast(claim.remittance_id as varchar)
    where coalesce(claim.claim_status, '') not in ('23', '25')
    group by remitted.batch_id, ltrim(upper(claim.claim_id), '0')
),

posted as (
    select
        line.batch_id,
        ltrim(upper(line.account_number), '0') as account_key,
        sum(line.amount)::decimal(18, 2) as posted_amount,
        count(*) as line_count,
        count(distinct line.amount) as amount_count,
        min(line.line_number) as first_line,
        max(line.line_number) as last_line
    from posting_lines as line
    where line.transaction_type <> 'PROVIDER_ADJUSTMENT'
        and line.known_on <= $as_of
        and line.batch_id in (select remitted.batch_id from remitted)
    group by line.batch_id, ltrim(upper(line.account_number), '0')
)

select
    coalesce(paid.batch_id, posted.batch_id) as batch_id,
    coalesce(paid.account_key, posted.account_key) as account_key,
    paid.paid_amount,
    coalesce(paid.claim_count, 0) as claim_count,
    posted.posted_amount,
    coalesce(posted.line_count, 0) as line_count,
    coalesce(posted.amount_count, 0) as amount_count,
    posted.first_line,
    posted.last_line
from paid
full outer join posted on paid.batch_id = posted.batch_id and paid.account_key = posted.account_key
where coalesce(paid.paid_amount, 0) <> coalesce(posted.posted_amount, 0)
order by batch_id, account_key
