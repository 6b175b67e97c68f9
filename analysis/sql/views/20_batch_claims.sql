-- The claims of the remittances that batches name, each with the one batch that it belongs to.
--
-- grain:   one row per claim
-- key:     claim_payment_id
-- params:  none
-- units:   US dollars paid; forwarded claims and predeterminations (status 23, 25) are never posted and left out
-- note:    a claim of a remittance that several batches post belongs to the first of them that posts its account, else to the
--          last of them
create or replace view batch_claims as
with named as (
    select distinct
        pair.fact_id as batch_id,
        pair.other_fact_id as remittance_fact_id,
        batch.known_on
    from tied_pairs as pair
    inner join posting_batches as batch on pair.fact_id = batch.batch_id
    where pair.side = 'batch' and pair.other_side = 'remittance'
),

posted_accounts as (
    select distinct batch_id, ltrim(upper(account_number), '0') as account_key
    from posting_lines
    where transaction_type <> 'PROVIDER_ADJUSTMENT'
),

ranked as (
    select
        claim.claim_payment_id,
        claim.remittance_id,
        named.batch_id,
        claim.claim_id,
        ltrim(upper(claim.claim_id), '0') as account_key,
        claim.paid_amount,
        row_number() over (
            partition by claim.claim_payment_id
            order by
                case when posted_accounts.batch_id is null then 1 else 0 end,
                case when posted_accounts.batch_id is null then null else named.known_on end,
                case when posted_accounts.batch_id is null then null else named.batch_id end,
                named.known_on desc,
                named.batch_id desc
        ) as preference
    from named
    inner join claim_payments as claim on named.remittance_fact_id = cast(claim.remittance_id as varchar)
    left join posted_accounts
        on named.batch_id = posted_accounts.batch_id
        and ltrim(upper(claim.claim_id), '0') = posted_accounts.account_key
    where coalesce(claim.claim_status, '') not in ('23', '25')
)

select
    claim_payment_id,
    remittance_id,
    batch_id,
    claim_id,
    account_key,
    paid_amount
from ranked
where preference = 1
