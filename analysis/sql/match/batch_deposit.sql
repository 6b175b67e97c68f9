-- Posting batches and the one bank credit of their account that has their control total, within some days after.
--
-- grain:   one row per side of a match
-- key:     group_number, side
-- params:  as_of (date): later facts are not yet known; days_after (integer): 0 for the deposit day itself
-- example: as_of=2026-11-13, days_after=0
-- units:   US dollars
-- rule:    confirmed where batch and credit find each other alone; only batches none of whose remittances has a deposit
with banked as (
    select distinct own.fact_id as batch_id
    from match_links as own
    inner join match_links as advice on own.match_id = advice.match_id and advice.side = 'remittance'
    inner join match_links as linked on linked.side = 'remittance' and advice.fact_id = linked.fact_id
    inner join match_links as bank on linked.match_id = bank.match_id and bank.side = 'bank'
    where own.side = 'batch'
    union
    select own.fact_id as batch_id
    from match_links as own
    inner join match_links as bank on own.match_id = bank.match_id and bank.side = 'bank'
    where own.side = 'batch'
),

open_batches as (
    select batch.batch_id, batch.control_total, batch.deposit_date, batch.bank_account
    from posting_batches as batch
    left join banked on batch.batch_id = banked.batch_id
    where banked.batch_id is null and batch.control_total > 0 and batch.known_on <= $as_of
),

open_credits as (
    select line.bank_transaction_id, line.amount, line.posted_date, line.bank_account
    from bank_transactions as line
    where line.not_counted is null
        and line.amount > 0
        and line.known_on <= $as_of
        and line.line_kind not in ('interest', 'sweep', 'adjustment', 'refund_return')
        and cast(line.bank_transaction_id as varchar) not in (
            select match_links.fact_id
            from match_links
            where match_links.side = 'bank'
        )
),

pairs as (
    select
        open_batches.batch_id,
        open_credits.bank_transaction_id,
        open_credits.amount,
        date_diff('day', open_batches.deposit_date, open_credits.posted_date) as days_later,
        count(*) over (partition by open_batches.batch_id) as credits_found,
        count(*) over (partition by open_credits.bank_transaction_id) as batches_found
    from open_batches
    inner join open_credits
        on open_batches.control_total = open_credits.amount
        and date_diff('day', open_batches.deposit_date, open_credits.posted_date) between 0 and $days_after
        and coalesce(open_batches.bank_account, open_credits.bank_account) = open_credits.bank_account
),

taken as (
    select
        batch_id,
        bank_transaction_id,
        amount,
        'bank account and control total agree, deposited '
        || case days_later when 0 then 'the same day' else cast(days_later as varchar) || ' days after' end as explanation,
        row_number() over (order by batch_id) as group_number
    from pairs
    where credits_found = 1 and batches_found = 1
)

select
    group_number,
    'bank' as side,
    cast(bank_transaction_id as varchar) as fact_id,
    amount,
    explanation
from taken
union all
select
    group_number,
    'batch' as side,
    batch_id as fact_id,
    amount,
    explanation
from taken
order by group_number, side
