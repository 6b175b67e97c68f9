-- Matches of facts that a day knows, made on a later day: on the day itself these facts stand open.
--
-- grain:   one row
-- key:     match_count
-- params:  day (date): the day to be closed
-- example: day=2026-11-13
-- units:   counts; US dollars of the matches' largest side
with facts_known as (
    select
        standing.match_id,
        max(facts.known_on) as known_on,
        max(abs(match_side.amount)) as amount
    from match_standing as standing
    inner join match_side on standing.match_id = match_side.match_id
    inner join linkable_facts as facts on match_side.side = facts.side and match_side.fact_id = facts.fact_id
    where standing.status = 'confirmed' and standing.shown_from > $day
    group by standing.match_id
)

select
    count(*) as match_count,
    coalesce(sum(amount), 0)::decimal(18, 2) as amount
from facts_known
where known_on <= $day
