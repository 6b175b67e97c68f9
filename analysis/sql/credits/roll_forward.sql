-- How the credits of one day became those of the next, over the days on which an extract came.
--
-- grain:   one row per day of an extract
-- key:     day
-- params:  as_of (date): later extracts do not exist yet
-- units:   US dollars, credits positive; opening + new − refunded − transferred − corrected = closing
-- note:    of what a credit fell by since the account's last extract, refunds in its ledger go first, then transfers; the rest is
--          corrected: write-offs, postings, charges
with extracts as (
    select
        account.account_number,
        account.extract_date,
        greatest(-account.balance, 0) as credit_amount,
        greatest(-lag(account.balance) over (partition by account.account_number order by account.extract_date), 0)
            as credit_before,
        lag(account.extract_date) over (partition by account.account_number order by account.extract_date) as extract_before
    from accounts as account
    where account.extract_date <= $as_of
),

moved as (
    select
        account_number,
        extract_date,
        extract_before,
        credit_amount - coalesce(credit_before, 0) as change_amount
    from extracts
    where credit_amount <> coalesce(credit_before, 0)
),

posted as (
    select
        moved.account_number,
        moved.extract_date,
        sum(case when entry.type = 'REFUND' then entry.amount else 0 end) as refund_amount,
        sum(case when entry.type = 'TRANSFER' then entry.amount else 0 end) as transfer_amount
    from moved
    inner join account_transactions as entry
        on moved.account_number = entry.account_number
        and moved.extract_before < entry.transaction_date
        and moved.extract_date >= entry.transaction_date
    where moved.change_amount < 0 and entry.type in ('REFUND', 'TRANSFER') and entry.amount > 0
    group by moved.account_number, moved.extract_date
),

split as (
    select
        moved.account_number,
        moved.extract_date,
        greatest(moved.change_amount, 0) as new_amount,
        least(greatest(-moved.change_amount, 0), coalesce(posted.refund_amount, 0)) as refunded_amount,
        least(
            greatest(-moved.change_amount, 0) - least(greatest(-moved.change_amount, 0), coalesce(posted.refund_amount, 0)),
            coalesce(posted.transfer_amount, 0)
        ) as transferred_amount,
        moved.change_amount
    from moved
    left join posted on moved.account_number = posted.account_number and moved.extract_date = posted.extract_date
),

daily as (
    select
        day.extract_date,
        coalesce(sum(split.new_amount), 0) as new_amount,
        coalesce(sum(split.refunded_amount), 0) as refunded_amount,
        coalesce(sum(split.transferred_amount), 0) as transferred_amount,
        coalesce(sum(split.change_amount), 0) as change_amount
    from (select distinct extract_date from extracts) as day
    left join split on day.extract_date = split.extract_date
    group by day.extract_date
),

running as (
    select
        extract_date,
        new_amount,
        refunded_amount,
        transferred_amount,
        change_amount,
        sum(change_amount) over (order by extract_date) as closing_amount
    from daily
)

select
    extract_date as day,
    (closing_amount - change_amount)::decimal(18, 2) as opening_amount,
    new_amount::decimal(18, 2) as new_amount,
    refunded_amount::decimal(18, 2) as refunded_amount,
    transferred_amount::decimal(18, 2) as transferred_amount,
    (new_amount - refunded_amount - transferred_amount - change_amount)::decimal(18, 2) as corrected_amount,
    closing_amount::decimal(18, 2) as closing_amount
from running
order by extract_date
