-- The remittances that batches name, each with its share of the payment and of what of it has been deposited.
--
-- grain:   one row per batch and remittance
-- key:     batch_id, remittance_id
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars
-- note:    a remittance that several batches post is shared out: to each what it posted, in their order, until the payment
--          is used up; the last one has what is left. What a match's deposits are more or less than its remittances (a fee) is
--          laid to its first one. So money counts once, and what is posted twice has nothing beside it
with pairs as (
    select side, fact_id, other_side, other_fact_id, amount
    from linked_pairs
    where known_on <= $as_of
),

posted as (
    select
        pairs.fact_id as batch_id,
        pairs.other_fact_id as remittance_fact_id,
        sum(pairs.amount)::decimal(18, 2) as posted_amount
    from pairs
    where pairs.side = 'batch' and pairs.other_side = 'remittance'
    group by pairs.fact_id, pairs.other_fact_id
),

ordered as (
    select
        posted.batch_id,
        posted.remittance_fact_id,
        posted.posted_amount,
        coalesce(remittance.payment_amount, 0) as payment_amount,
        sum(posted.posted_amount) over (
            partition by posted.remittance_fact_id
            order by batch.known_on, posted.batch_id
            rows between unbounded preceding and current row
        ) - posted.posted_amount as posted_before,
        row_number() over (
            partition by posted.remittance_fact_id order by batch.known_on desc, posted.batch_id desc
        ) as from_last
    from posted
    inner join posting_batches as batch on posted.batch_id = batch.batch_id
    inner join remittances as remittance on posted.remittance_fact_id = cast(remittance.remittance_id as varchar)
),

shared as (
    select
        batch_id,
        remittance_fact_id,
        payment_amount,
        from_last,
        case
            when posted_before = 0 and from_last = 1 then payment_amount
            when from_last = 1 then greatest(payment_amount - posted_before, 0)
            else least(posted_amount, greatest(payment_amount - posted_before, 0))
        end::decimal(18, 2) as remitted_amount
    from ordered
),

matched as (
    select
        match_id,
        side,
        fact_id,
        linked_amount,
        row_number() over (partition by match_id, side order by fact_id) as position
    from linked_amounts
    where known_on <= $as_of
        and ((side = 'remittance' and other_side = 'bank') or (side = 'bank' and other_side = 'remittance'))
),

remainders as (
    select match_id, sum(case when side = 'bank' then linked_amount else -linked_amount end)::decimal(18, 2) as remainder_amount
    from matched
    group by match_id
),

banked as (
    select
        matched.fact_id,
        sum(
            matched.linked_amount + case when matched.position = 1 then remainders.remainder_amount else 0 end
        )::decimal(18, 2) as banked_amount
    from matched
    inner join remainders on matched.match_id = remainders.match_id
    where matched.side = 'remittance'
    group by matched.fact_id
)

select
    shared.batch_id,
    remittance.remittance_id,
    remittance.trace_number,
    remittance.payment_date,
    remittance.is_without_deposit,
    shared.remitted_amount,
    case
        when banked.banked_amount is null then 0
        when shared.from_last = 1 then shared.remitted_amount - (shared.payment_amount - banked.banked_amount)
        else shared.remitted_amount
    end::decimal(18, 2) as deposited_amount
from shared
inner join remittances as remittance on shared.remittance_fact_id = cast(remittance.remittance_id as varchar)
left join banked on shared.remittance_fact_id = banked.fact_id
order by shared.batch_id, remittance.remittance_id
