-- For batches that name remittances: accounts on which what was posted is not what the remittances paid.
--
-- grain:   one row per batch and account
-- key:     batch_id, account_key
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; provider adjustments are left out on both sides
-- note:    a claim of a remittance that several batches post belongs to the first of them that posts its account
with remitted as (
    select distinct
        pair.fact_id as batch_id,
        pair.other_fact_id as remittance_fact_id,
        batch.known_on
    from linked_pairs as pair
    inner join posting_batches as batch on pair.fact_id = batch.batch_id
    where pair.side = 'batch' and pair.other_side = 'remittance' and pair.known_on <= $as_of
),

posted_accounts as (
    select distinct line.batch_id, ltrim(upper(line.account_number), '0') as account_key
    from posting_lines as line
    where line.transaction_type <> 'PROVIDER_ADJUSTMENT' and line.known_on <= $as_of
),

claimed as (
    select
        remitted.batch_id,
        ltrim(upper(claim.claim_id), '0') as account_key,
        claim.paid_amount,
        row_number() over (
            partition by claim.claim_payment_id
            order by
                case when posted_accounts.batch_id is null then 1 else 0 end,
                case when posted_accounts.batch_id is null then null else remitted.known_on end,
                case when posted_accounts.batch_id is null then null else remitted.batch_id end,
                remitted.known_on desc,
                remitted.batch_id desc
        ) as preference
    from remitted
    inner join claim_payments as claim on remitted.remittance_fact_id = cast(claim.remittance_id as varchar)
    left join posted_accounts
        on remitted.batch_id = posted_accounts.batch_id
        and ltrim(upper(claim.claim_id), '0') = posted_accounts.account_key
    where coalesce(claim.claim_status, '') not in ('23', '25')
),

paid as (
    select
        batch_id,
        account_key,
        sum(paid_amount)::decimal(18, 2) as paid_amount,
        count(*) as claim_count
    from claimed
    where preference = 1
    group by batch_id, account_key
),

shared_accounts as (
    select distinct remitted.batch_id, claimed.account_key
    from remitted
    inner join remitted as other
        on remitted.remittance_fact_id = other.remittance_fact_id and remitted.batch_id <> other.batch_id
    inner join claimed on other.batch_id = claimed.batch_id and claimed.preference = 1
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
    posted.last_line,
    shared_accounts.batch_id is not null as is_posted_elsewhere
from paid
full outer join posted on paid.batch_id = posted.batch_id and paid.account_key = posted.account_key
left join shared_accounts
    on posted.batch_id = shared_accounts.batch_id and posted.account_key = shared_accounts.account_key
where coalesce(paid.paid_amount, 0) <> coalesce(posted.posted_amount, 0)
order by batch_id, account_key
