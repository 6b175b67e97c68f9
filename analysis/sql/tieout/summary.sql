-- The figures of a day: what came, what was said to come, what was posted, what is open, who is owed money.
--
-- grain:   one row per figure
-- key:     name
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; item_count counts what the figure's definition counts
with bank as (
    select
        line.amount,
        line.not_counted,
        line.line_kind
    from bank_transactions as line
    where line.known_on <= $as_of
),

advice as (
    select
        remittance.remittance_id,
        coalesce(remittance.payment_amount, 0) as amount,
        remittance.duplicate_of,
        remittance.is_without_deposit,
        remittance.currency
    from remittances as remittance
    where remittance.known_on <= $as_of
),

items as (
    select candidate.item_type, case when advice.currency <> 'USD' then 0 else candidate.amount end as amount
    from item_candidates as candidate
    left join advice
        on candidate.side = 'remittance' and candidate.fact_id = cast(advice.remittance_id as varchar)
    where candidate.opened_on <= $as_of and (candidate.closed_on is null or candidate.closed_on > $as_of)
)

select
    1 as position,
    'deposited' as name,
    'Deposited' as label,
    count(*) as item_count,
    coalesce(sum(amount), 0)::decimal(18, 2) as amount,
    'bank credits that count, without interest, sweeps between own accounts and bank adjustments' as definition
from bank
where not_counted is null and amount > 0 and line_kind not in ('interest', 'sweep', 'adjustment')
union all
select
    2 as position,
    'remitted' as name,
    'Remitted' as label,
    count(*) as item_count,
    coalesce(sum(amount), 0)::decimal(18, 2) as amount,
    'payments in US dollars that remittances announce, each counted once however often it was sent' as definition
from advice
where duplicate_of is null and not is_without_deposit and currency = 'USD'
union all
select
    3 as position,
    'posted' as name,
    'Posted' as label,
    count(*) as item_count,
    coalesce(sum(posted_total), 0)::decimal(18, 2) as amount,
    'the lines of all posting batches, reversals and provider adjustments with their sign' as definition
from posting_batches
where known_on <= $as_of
union all
select
    4 as position,
    'matched' as name,
    'Matched' as label,
    count(distinct fact_id) as item_count,
    coalesce(sum(amount), 0)::decimal(18, 2) as amount,
    'deposited money that a confirmed match ties to remittances' as definition
from match_links
where status = 'confirmed'
    and side = 'bank'
    and known_on <= $as_of
    and match_id in (select advice_side.match_id from match_links as advice_side where advice_side.side = 'remittance')
union all
select
    5 as position,
    'unmatched_deposits' as name,
    'Deposits open' as label,
    count(*) as item_count,
    coalesce(sum(amount), 0)::decimal(18, 2) as amount,
    'deposits that neither a remittance nor a posting batch accounts for' as definition
from items
where item_type in ('deposit_without_remittance', 'unidentified_payment')
union all
select
    6 as position,
    'unmatched_remittances' as name,
    'Remittances unpaid' as label,
    count(*) as item_count,
    coalesce(sum(amount), 0)::decimal(18, 2) as amount,
    'payments announced that no deposit has brought yet; those in another currency are counted, and are no dollars' as definition
from items
where item_type = 'remittance_without_deposit'
union all
select
    7 as position,
    'other_items' as name,
    'Other open items' as label,
    count(*) as item_count,
    coalesce(sum(amount), 0)::decimal(18, 2) as amount,
    'duplicates, remittances out of balance or unposted, returned items, claims that cannot post, take-backs' as definition
from items
where item_type not in ('deposit_without_remittance', 'unidentified_payment', 'remittance_without_deposit')
order by position
