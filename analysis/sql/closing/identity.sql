-- Where the posted money of a day stands: on patient accounts, at provider level, on no account yet.
--
-- grain:   one row per figure
-- key:     name
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; posted = accounts + provider level + unapplied
with posted as (
    select
        case
            when transaction_type = 'PROVIDER_ADJUSTMENT' then 'posted_at_provider_level'
            when transaction_type = 'UNAPPLIED' then 'posted_unapplied'
            else 'posted_to_accounts'
        end as name,
        amount
    from posting_lines
    where known_on <= $as_of
),

figures as (
    select 1 as position, 'posted_to_accounts' as name, 'Posted to accounts' as label,
        'lines on patient accounts, reversals and refunds with their sign' as definition
    union all
    select 2 as position, 'posted_at_provider_level' as name, 'Posted at provider level' as label,
        'lines of provider adjustments: money of no account' as definition
    union all
    select 3 as position, 'posted_unapplied' as name, 'Posted unapplied' as label,
        'money put on no account, as nobody knows whose it is' as definition
)

select
    figures.name,
    figures.label,
    count(posted.amount) as item_count,
    coalesce(sum(posted.amount), 0)::decimal(18, 2) as amount,
    figures.definition
from figures
left join posted on figures.name = posted.name
group by figures.position, figures.name, figures.label, figures.definition
order by figures.position
