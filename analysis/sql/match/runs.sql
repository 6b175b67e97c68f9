-- Every run that made or ended matches: of the rules, by a person's hand, and undos; the newest first.
--
-- grain:   one row per run
-- key:     run_id
-- params:  none
-- units:   US dollars of the confirmed matches that it made, on the side that comes first by name; started_at in UTC;
--          standing counts those that still hold or are proposed
with made as (
    select
        match_group.run_id,
        count(*) as made_count,
        count(case when match_group.status = 'proposed' then 1 end) as proposed_count,
        sum(case when match_group.status = 'confirmed' then match_amounts.amount else 0 end) as amount,
        count(case when standing.status in ('confirmed', 'proposed') then 1 end) as standing_count
    from match_group
    inner join match_standing as standing on match_group.match_id = standing.match_id
    inner join match_amounts on match_group.match_id = match_amounts.match_id
    group by match_group.run_id
),

ended as (
    select run_id, count(*) as ended_count
    from decision
    where subject_type = 'match' and action in ('supersede', 'undo') and run_id is not null
    group by run_id
),

undone as (
    select undoes_run_id, max(run_id) as undone_by_run
    from match_run
    where undoes_run_id is not null
    group by undoes_run_id
)

select
    match_run.run_id,
    match_run.kind,
    match_run.started_at,
    match_run.run_by,
    match_run.as_of_date,
    coalesce(made.made_count, 0) as made_count,
    coalesce(made.proposed_count, 0) as proposed_count,
    coalesce(made.amount, 0)::decimal(18, 2) as amount,
    coalesce(ended.ended_count, 0) as ended_count,
    coalesce(made.standing_count, 0) as standing_count,
    match_run.reason,
    match_run.undoes_run_id,
    undone.undone_by_run
from match_run
left join made on match_run.run_id = made.run_id
left join ended on match_run.run_id = ended.run_id
left join undone on match_run.run_id = undone.undoes_run_id
order by match_run.run_id desc
