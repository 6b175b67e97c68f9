-- The remittances that batches name, each with its share of the payment and of what of it has been deposited.
--
-- grain:   one row per batch and remittance
-- key:     batch_id, remittance_id
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; imbalance_amount: the payment less its claims and provider adjustments
-- note:    a remittance that several batches post is shared out by claim: to each the claims and adjustments that are its own,
--          to the one with most also what the remittance itself does not add up by, and what its deposits are more or less
--          than it. What a match's deposits are more or less than its remittances (a fee) is laid to its first one. So money
--          counts once, and what is posted twice has nothing beside it
with named as (
    select
        pair.fact_id as batch_id,
        pair.other_fact_id as remittance_fact_id,
        max(batch.known_on) as known_on
    from tied_pairs as pair
    inner join posting_batches as batch on pair.fact_id = batch.batch_id
    where pair.side = 'batch' and pair.other_side = 'remittance' and pair.known_on <= $as_of
    group by pair.fact_id, pair.other_fact_id
),

owned as (
    select
        batch_id,
        remittance_id,
        sum(amount)::decimal(18, 2) as owned_amount
    from (
        select batch_id, remittance_id, paid_amount as amount
        from batch_claims
        union all
        select batch_id, remittance_id, amount
        from batch_adjustments
    ) as pieces
    group by batch_id, remittance_id
),

shared as (
    select
        named.batch_id,
        remittance.remittance_id,
        coalesce(remittance.payment_amount, 0) as payment_amount,
        coalesce(owned.owned_amount, 0) as owned_amount,
        coalesce(remittance.payment_amount, 0)
        - coalesce(sum(owned.owned_amount) over (partition by named.remittance_fact_id), 0) as imbalance_amount,
        row_number() over (
            partition by named.remittance_fact_id
            order by coalesce(owned.owned_amount, 0) desc, named.known_on, named.batch_id
        ) as size_rank
    from named
    inner join remittances as remittance on named.remittance_fact_id = cast(remittance.remittance_id as varchar)
    left join owned on named.batch_id = owned.batch_id and remittance.remittance_id = owned.remittance_id
),

linked as (
    select
        tied.match_id,
        tied.rule,
        tied.is_proposed,
        tied.remainder_reason,
        side.side,
        side.fact_id,
        side.amount,
        row_number() over (partition by tied.match_id, side.side order by side.fact_id) as position
    from tied_matches as tied
    inner join match_side as side on tied.match_id = side.match_id
    where side.side in ('bank', 'remittance')
),

remainders as (
    select match_id, sum(case when side = 'bank' then amount else -amount end)::decimal(18, 2) as remainder_amount
    from linked
    group by match_id
    having min(side) < max(side)
),

banked as (
    select
        linked.fact_id,
        sum(
            linked.amount + case when linked.position = 1 then remainders.remainder_amount else 0 end
        )::decimal(18, 2) as banked_amount,
        min(linked.rule) as rule,
        min(linked.remainder_reason) as remainder_reason,
        max(case when linked.is_proposed then 1 else 0 end) as is_proposed
    from linked
    inner join remainders on linked.match_id = remainders.match_id
    where linked.side = 'remittance'
    group by linked.fact_id
)

select
    shared.batch_id,
    remittance.remittance_id,
    remittance.trace_number,
    remittance.payment_date,
    remittance.is_without_deposit,
    banked.rule,
    banked.remainder_reason,
    coalesce(banked.is_proposed, 0) = 1 as is_proposed,
    case when shared.size_rank = 1 then shared.imbalance_amount else 0 end::decimal(18, 2) as imbalance_amount,
    (shared.owned_amount + case when shared.size_rank = 1 then shared.imbalance_amount else 0 end)::decimal(18, 2)
    as remitted_amount,
    case
        when banked.banked_amount is null then 0
        when shared.size_rank = 1
            then shared.owned_amount + shared.imbalance_amount - shared.payment_amount + banked.banked_amount
        else shared.owned_amount
    end::decimal(18, 2) as deposited_amount
from shared
inner join remittances as remittance on shared.remittance_id = remittance.remittance_id
left join banked on cast(shared.remittance_id as varchar) = banked.fact_id
order by shared.batch_id, remittance.remittance_id
