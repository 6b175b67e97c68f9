-- The spans of days through which facts stood linked by some amount, each beginning with a link.
--
-- grain:   one row per fact, other side and span
-- key:     side, fact_id, other_side, from_day
-- params:  none
-- units:   US dollars linked through the span; to_day null for the last one
create or replace view open_spans as
with linked as materialized (
    select side, fact_id, other_side, known_on, linked_amount
    from linked_amounts
),

steps as (
    select
        side,
        fact_id,
        other_side,
        min(known_on) as first_day,
        max(known_on) as last_day,
        sum(linked_amount)::decimal(18, 2) as linked_amount
    from linked
    group by side, fact_id, other_side
),

-- Few facts are linked on several days: the windows look at these alone.
days as (
    select
        linked.side,
        linked.fact_id,
        linked.other_side,
        linked.known_on,
        sum(linked.linked_amount)::decimal(18, 2) as linked_amount
    from linked
    inner join steps
        on linked.side = steps.side and linked.fact_id = steps.fact_id and linked.other_side = steps.other_side
    where steps.first_day < steps.last_day
    group by linked.side, linked.fact_id, linked.other_side, linked.known_on
)

select
    side,
    fact_id,
    other_side,
    first_day as from_day,
    cast(null as date) as to_day,
    linked_amount,
    true as is_first
from steps
where first_day = last_day
union all
select
    side,
    fact_id,
    other_side,
    known_on as from_day,
    lead(known_on) over (partition by side, fact_id, other_side order by known_on) as to_day,
    sum(linked_amount) over (
        partition by side, fact_id, other_side order by known_on rows between unbounded preceding and current row
    )::decimal(18, 2) as linked_amount,
    row_number() over (partition by side, fact_id, other_side order by known_on) = 1 as is_first
from days
