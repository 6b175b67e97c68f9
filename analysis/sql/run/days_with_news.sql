-- The open days on which something became known that no run of the rules has seen, up to the day asked for.
--
-- grain:   one row per day
-- key:     known_on
-- params:  last_as_of (date): the day of the last run; until (date): the day asked for
-- example: last_as_of=2026-11-01, until=2026-11-13
-- units:   dates; facts that became known on the day
-- note:    not days before the last decision: what people decided holds for what comes after it
with facts as (
    select known_on
    from bank_tellings
    union all
    select known_on
    from remittance_tellings
    union all
    select known_on
    from posting_batches
)

select facts.known_on, count(*) as fact_count
from facts
inner join first_open_day on facts.known_on >= first_open_day.first_open_day
where facts.known_on > $last_as_of
    and facts.known_on < $until
    and facts.known_on >= (select coalesce(max(decision.effective_on), date '1900-01-01') from decision)
group by facts.known_on
order by facts.known_on
