-- The matches of what is followed: those with a side that is followed whole, and those that tie two followed facts.
--
-- grain:   one row per match
-- key:     match_id
-- params:  as_of (date): later matches do not exist yet
--          most (integer): how many at most, the newest
-- example: most = 200
-- units:   US dollars linked on the side of the deposit, else of the remittance; made_at in UTC
with touched as (
    select match_side.match_id
    from match_side
    inner join traced_facts as traced
        on case match_side.side when 'bank' then 'bank_line' else match_side.side end = traced.what
        and match_side.fact_id = traced.seed_id
    group by match_side.match_id
    having count(*) > 1 or max(case when traced.is_whole then 1 else 0 end) = 1
),

sums as (
    select
        match_side.match_id,
        sum(case when match_side.side = 'bank' then match_side.amount end)::decimal(18, 2) as bank_amount,
        sum(case when match_side.side = 'remittance' then match_side.amount end)::decimal(18, 2) as remittance_amount,
        count(*) as side_count
    from match_side
    inner join touched on match_side.match_id = touched.match_id
    group by match_side.match_id
)

select
    standing.match_id,
    coalesce(standing.known_on, match_run.as_of_date) as day,
    coalesce(sums.bank_amount, sums.remittance_amount) as amount,
    standing.rule,
    standing.status,
    standing.explanation,
    match_run.run_id,
    match_run.run_by,
    match_run.started_at as made_at,
    sums.side_count,
    count(*) over () as found_count
from match_standing as standing
inner join sums on standing.match_id = sums.match_id
inner join match_run on standing.run_id = match_run.run_id
where coalesce(standing.known_on, match_run.as_of_date) <= $as_of
order by day desc, standing.match_id desc
limit $most
