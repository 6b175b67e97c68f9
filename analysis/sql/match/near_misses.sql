-- For each open deposit and remittance what comes nearest to being its partner, and the one condition that fails.
--
-- grain:   one row per open item that any other fact nearly fits
-- key:     item_id
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars, of open items what is open; off_by is deposit minus remittance; days_off is bank business days from
--          payment date to deposit
-- note:    miss, nearest first: declined (by a person, with who and why), amount (same trace), used (same trace and amount, matched to something else), window (payer
--          and amount, days apart), trace (payer and amount, another trace), name (amount,
--          and the payer by name where the bank tells no id), payer (amount alone), taken (amount
--          alone, and matched to something else); barred (same trace and amount, but the remittance is in another currency or
--          announces no money), barred_alone (the same by amount alone)
with linked as (
    select side, fact_id, sum(linked_amount)::decimal(18, 2) as linked_amount
    from linked_amounts
    where known_on <= $as_of and (side, other_side) in (('bank', 'remittance'), ('remittance', 'bank'))
    group by side, fact_id
),

deposits as materialized (
    select
        line.bank_transaction_id,
        line.fact_id,
        (line.amount - case when wanted_items.item_id is null then 0 else coalesce(linked.linked_amount, 0) end)::decimal(18, 2) as amount,
        line.posted_number,
        line.company_key,
        upper(line.company_name) as company_name,
        line.has_trace,
        line.told_by_entry_id,
        coalesce(line.bank_reference, 'the one of ' || cast(line.posted_date as varchar)) as shown,
        wanted_items.item_id,
        coalesce(wanted_items.is_asked, false) as is_asked
    from deposit_keys as line
    left join wanted_items on wanted_items.side = 'bank' and line.fact_id = wanted_items.fact_id
    left join linked on linked.side = 'bank' and line.fact_id = linked.fact_id
    where line.known_on <= $as_of
),

advice as materialized (
    select
        remittance.fact_id,
        (remittance.amount - case when wanted_items.item_id is null then 0 else coalesce(linked.linked_amount, 0) end)::decimal(18, 2)
            as amount,
        remittance.payment_number,
        remittance.trace_key,
        remittance.trace_number as shown,
        remittance.payer_name,
        remittance.payer_key_1,
        remittance.payer_key_2,
        remittance.payer_key_3,
        case when remittance.currency <> 'USD' then 'is in ' || remittance.currency || ', not in US dollars' end as barred,
        wanted_items.item_id,
        coalesce(wanted_items.is_asked, false) as is_asked
    from remittance_keys as remittance
    left join wanted_items on wanted_items.side = 'remittance' and remittance.fact_id = wanted_items.fact_id
    left join linked on linked.side = 'remittance' and remittance.fact_id = linked.fact_id
    where remittance.known_on <= $as_of
    union all
    select
        cast(remittance.remittance_id as varchar) as fact_id,
        remittance.payment_amount as amount,
        bank_day.business_number as payment_number,
        remittance.trace_key,
        remittance.trace_number as shown,
        remittance.payer_name,
        cast(null as varchar) as payer_key_1,
        cast(null as varchar) as payer_key_2,
        cast(null as varchar) as payer_key_3,
        'says that no money comes with it' as barred,
        cast(null as varchar) as item_id,
        false as is_asked
    from remittances as remittance
    inner join bank_day on coalesce(remittance.payment_date, remittance.known_on) = bank_day.calendar_day
    where remittance.duplicate_of is null
        and remittance.is_without_deposit
        and remittance.payment_amount > 0
        and remittance.known_on <= $as_of
),

-- Pairs that a person declined or took apart, by the last word about each.
ended as (
    select
        bank_side.fact_id as deposit_id,
        advice_side.fact_id as advice_id,
        standing.action || ' by ' || standing.decided_by || coalesce(': ' || standing.reason, '') as told,
        row_number() over (partition by bank_side.fact_id, advice_side.fact_id order by standing.match_id desc) as newness
    from match_standing as standing
    inner join match_side as bank_side on standing.match_id = bank_side.match_id and bank_side.side = 'bank'
    inner join match_side as advice_side on standing.match_id = advice_side.match_id and advice_side.side = 'remittance'
    where standing.action in ('decline', 'unmatch')
        and standing.status = 'ended'
        and (select count(*) from match_side where match_side.match_id = standing.match_id) = 2
),

declined as (
    select deposit_id, advice_id, told
    from ended
    where newness = 1
),

sharing as (
    select deposits.fact_id as deposit_id, advice.fact_id as advice_id
    from deposits
    inner join bank_trace on deposits.bank_transaction_id = bank_trace.bank_transaction_id
    inner join advice on bank_trace.trace_key = advice.trace_key
    where deposits.is_asked
    union
    select deposits.fact_id as deposit_id, advice.fact_id as advice_id
    from deposits
    inner join bank_trace on deposits.told_by_entry_id = bank_trace.bank_transaction_id
    inner join advice on bank_trace.trace_key = advice.trace_key
    where deposits.is_asked or advice.is_asked
    union
    select deposits.fact_id as deposit_id, advice.fact_id as advice_id
    from advice
    inner join bank_trace on advice.trace_key = bank_trace.trace_key
    inner join deposits on bank_trace.bank_transaction_id = deposits.bank_transaction_id
    where advice.is_asked
),

same_trace as (
    select
        deposits.fact_id as deposit_id,
        deposits.item_id as deposit_item,
        deposits.is_asked as is_deposit_asked,
        deposits.shown as deposit_shown,
        advice.fact_id as advice_id,
        advice.item_id as advice_item,
        advice.is_asked as is_advice_asked,
        advice.shown as advice_shown,
        advice.payer_name,
        (deposits.amount - advice.amount)::decimal(18, 2) as off_by,
        deposits.posted_number - advice.payment_number as days_off,
        case
            when deposits.amount <> advice.amount then 'amount'
            when advice.barred is not null then 'barred'
            else 'used'
        end as miss,
        advice.barred
    from sharing
    inner join deposits on sharing.deposit_id = deposits.fact_id
    inner join advice on sharing.advice_id = advice.fact_id
),

-- Where both are open, what else agrees; where one is, the other is matched already, and must be near in time.
same_amount as (
    select
        deposits.fact_id as deposit_id,
        deposits.item_id as deposit_item,
        deposits.is_asked as is_deposit_asked,
        deposits.shown as deposit_shown,
        advice.fact_id as advice_id,
        advice.item_id as advice_item,
        advice.is_asked as is_advice_asked,
        advice.shown as advice_shown,
        advice.payer_name,
        cast(0 as decimal(18, 2)) as off_by,
        deposits.posted_number - advice.payment_number as days_off,
        case
            when advice.barred is not null then 'barred_alone'
            when deposits.item_id is null or advice.item_id is null then 'taken'
            when deposits.company_key in (advice.payer_key_1, advice.payer_key_2, advice.payer_key_3)
                then case when deposits.has_trace then 'trace' else 'window' end
            when deposits.company_key is null
                and (
                    position(upper(advice.payer_name) in deposits.company_name) = 1
                    or position(deposits.company_name in upper(advice.payer_name)) = 1
                )
                then 'name'
            else 'payer'
        end as miss,
        advice.barred
    from deposits
    inner join advice on deposits.amount = advice.amount
    left join same_trace on deposits.fact_id = same_trace.deposit_id and advice.fact_id = same_trace.advice_id
    where same_trace.deposit_id is null
        and (deposits.is_asked or advice.is_asked)
        and case
            when deposits.item_id is null or advice.item_id is null
                then abs(deposits.posted_number - advice.payment_number) <= 10
            when deposits.company_key in (advice.payer_key_1, advice.payer_key_2, advice.payer_key_3) then true
            else abs(deposits.posted_number - advice.payment_number) <= 30
        end
),

misses as (
    select
        deposit_id,
        deposit_item,
        is_deposit_asked,
        deposit_shown,
        advice_id,
        advice_item,
        is_advice_asked,
        advice_shown,
        payer_name,
        off_by,
        days_off,
        miss,
        barred
    from same_trace
    union all
    select
        deposit_id,
        deposit_item,
        is_deposit_asked,
        deposit_shown,
        advice_id,
        advice_item,
        is_advice_asked,
        advice_shown,
        payer_name,
        off_by,
        days_off,
        miss,
        barred
    from same_amount
),

-- What a person said of a pair comes before what the fields say.
told_of as (
    select
        misses.deposit_id,
        misses.deposit_item,
        misses.is_deposit_asked,
        misses.deposit_shown,
        misses.advice_id,
        misses.advice_item,
        misses.is_advice_asked,
        misses.advice_shown,
        misses.payer_name,
        misses.off_by,
        misses.days_off,
        case when declined.deposit_id is null then misses.miss else 'declined' end as miss,
        coalesce(declined.told, misses.barred) as told
    from misses
    left join declined on misses.deposit_id = declined.deposit_id and misses.advice_id = declined.advice_id
),

placed as (
    select
        miss,
        off_by,
        days_off,
        told,
        deposit_item as item_id,
        'remittance' as other_side,
        advice_id as other_fact_id,
        advice_shown as other_reference,
        payer_name as other_payer_name,
        advice_item is not null as is_other_open
    from told_of
    where is_deposit_asked
    union all
    select
        miss,
        off_by,
        days_off,
        told,
        advice_item as item_id,
        'bank' as other_side,
        deposit_id as other_fact_id,
        deposit_shown as other_reference,
        payer_name as other_payer_name,
        deposit_item is not null as is_other_open
    from told_of
    where is_advice_asked
),

ranked as (
    select
        item_id,
        miss,
        off_by,
        days_off,
        told,
        other_side,
        other_fact_id,
        other_reference,
        other_payer_name,
        is_other_open,
        count(*) over (partition by item_id, miss) as alike_count,
        row_number() over (
            partition by item_id
            order by
                case miss
                    when 'declined' then 0
                    when 'amount' then 1
                    when 'barred' then 2
                    when 'used' then 3
                    when 'window' then 4
                    when 'trace' then 5
                    when 'name' then 6
                    when 'payer' then 7
                    when 'taken' then 8
                    else 9
                end,
                abs(off_by),
                abs(days_off),
                other_fact_id
        ) as nearness
    from placed
)

select
    item_id,
    miss,
    off_by,
    days_off,
    told,
    held.fact_id is not null as is_other_held,
    other_side,
    other_fact_id,
    other_reference,
    other_payer_name,
    is_other_open,
    alike_count
from ranked
left join held_facts as held on ranked.other_side = held.side and ranked.other_fact_id = held.fact_id
where nearness = 1
order by item_id
