-- The spans of days through which deposits and remittances stood linked by some amount, and from when they were settled.
--
-- grain:   one row per fact, other side and span that begins with a link
-- key:     side, fact_id, other_side, from_day
-- params:  none
-- units:   US dollars linked through the span; to_day null for the last one
create or replace view open_spans as
with steps as (
    select side, fact_id, other_side, known_on, sum(linked_amount)::decimal(18, 2) as linked_amount
    from linked_amounts
    group by side, fact_id, other_side, known_on
)

select
    side,
    fact_id,
    other_side,
    known_on as from_day,
    lead(known_on) over (partition by side, fact_id, other_side order by known_on) as to_day,
    sum(linked_amount) over (
        partition by side, fact_id, other_side order by known_on rows between unbounded preceding and current row
    )::decimal(18, 2) as linked_amount,
    row_number() over (partition by side, fact_id, other_side order by known_on) as position
from steps
