-- What rules matched of facts that are known earlier by now, as a day was re-opened, is shown from there.
--
-- grain:   a statement
-- key:     none
-- params:  none
-- units:   dates
update match_group
set known_on = told.known_on, shown_from = told.known_on
from (
    select match_side.match_id, max(facts.known_on) as known_on
    from match_side
    inner join linkable_facts as facts on match_side.side = facts.side and match_side.fact_id = facts.fact_id
    group by match_side.match_id
) as told,
    match_run,
    first_open_day
where match_group.match_id = told.match_id
    and match_group.run_id = match_run.run_id
    and match_run.kind = 'rules'
    and told.known_on < match_group.known_on
    and told.known_on >= first_open_day.first_open_day
