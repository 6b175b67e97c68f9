-- Matches whose money the tie-out counts: those confirmed, and proposals that themselves say by how much they differ (a fee kept,
-- a part paid under the trace), as long as no other proposal wants their facts.
--
-- grain:   one row per match
-- key:     match_id
-- params:  none
-- units:   US dollars of remainder, bank minus remittances
-- note:    such a proposal still waits for a person; counting it makes the difference a variance with a cause, not two of the
--          whole amount
create or replace view tied_matches as
with told as (
    select
        match_id,
        rule,
        known_on,
        status,
        explanation,
        remainder_reason
    from match_standing
    where status in ('confirmed', 'proposed')
),

sides as (
    select
        match_id,
        side,
        fact_id,
        min(side) over (partition by match_id) || ' ' || max(side) over (partition by match_id) as leg
    from match_side
),

wanted as (
    select
        sides.side,
        sides.fact_id,
        sides.leg
    from told
    inner join sides on told.match_id = sides.match_id
    where told.status = 'proposed'
    group by sides.side, sides.fact_id, sides.leg
    having count(*) > 1
),

disputed as (
    select distinct sides.match_id
    from sides
    inner join wanted on sides.side = wanted.side and sides.fact_id = wanted.fact_id and sides.leg = wanted.leg
)

select
    told.match_id,
    told.rule,
    told.known_on,
    told.explanation,
    told.remainder_reason,
    told.status = 'proposed' as is_proposed
from told
left join disputed on told.match_id = disputed.match_id
where told.status = 'confirmed'
    or (told.rule in ('net_of_fee', 'batch_net_of_fee', 'trace_short') and disputed.match_id is null)
