-- Every posting batch with what it posted and the deposits tied to it by themselves, not through a remittance.
--
-- grain:   one row per batch
-- key:     batch_id
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars
-- note:    of a deposit that pays several batches each has what the match links of it; what the deposit is more or less than
--          they are is laid to the first
with pairs as (
    select side, fact_id, other_side, other_fact_id
    from tied_pairs
    where known_on <= $as_of
),

through as (
    select distinct
        posted.fact_id as batch_id,
        pairs.other_fact_id as bank_fact_id
    from pairs as posted
    inner join pairs
        on pairs.side = 'remittance' and pairs.other_side = 'bank' and posted.other_fact_id = pairs.fact_id
    where posted.side = 'batch' and posted.other_side = 'remittance'
),

-- Matches of deposits and batches alone; a deposit that comes to a batch through its remittance is not counted again.
linked as (
    select
        tied.match_id,
        side.side,
        side.fact_id,
        side.amount,
        row_number() over (partition by tied.match_id, side.side order by side.fact_id) as position
    from tied_matches as tied
    inner join match_side as side on tied.match_id = side.match_id
    where tied.match_id not in (select match_side.match_id from match_side where match_side.side = 'remittance')
        and tied.match_id not in (
            select pair.match_id
            from tied_pairs as pair
            inner join through on pair.fact_id = through.batch_id and pair.other_fact_id = through.bank_fact_id
            where pair.side = 'batch' and pair.other_side = 'bank'
        )
),

remainders as (
    select match_id, sum(case when side = 'bank' then amount else -amount end)::decimal(18, 2) as remainder_amount
    from linked
    group by match_id
    having min(side) < max(side)
),

direct as (
    select
        linked.fact_id as batch_id,
        sum(
            linked.amount + case when linked.position = 1 then remainders.remainder_amount else 0 end
        )::decimal(18, 2) as deposited_total
    from linked
    inner join remainders on linked.match_id = remainders.match_id
    where linked.side = 'batch'
    group by linked.fact_id
)

select
    batch.batch_id,
    batch.batch_type,
    batch.deposit_date,
    batch.payer_name,
    batch.bank_account,
    batch.posted_by,
    batch.line_count,
    batch.control_total,
    batch.posted_total,
    coalesce(direct.deposited_total, 0)::decimal(18, 2) as direct_total
from posting_batches as batch
left join direct on batch.batch_id = direct.batch_id
where batch.known_on <= $as_of
order by batch.deposit_date, batch.batch_id
