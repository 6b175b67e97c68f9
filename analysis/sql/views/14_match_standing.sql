-- Every match and where it stands now: confirmed, proposed, or ended and by what.
--
-- grain:   one row per match
-- key:     match_id
-- params:  none
-- units:   confidence of 100; US dollars of remainder, bank minus remittances
-- note:    the last decision holds. A match also lapses once one of its facts no longer counts (a bank line corrected or
--          superseded, a remittance that turned out a duplicate) or a batch in it was told anew since; what a person decided
--          about it then holds on in another match, by the next run, where the facts are told with the same content (carry)
create or replace view match_standing as
with uncounted as (
    select 'bank' as side, cast(bank_transaction_id as varchar) as fact_id
    from bank_tellings
    where not_counted is not null
    union all
    select 'remittance' as side, cast(remittance_id as varchar) as fact_id
    from remittance_tellings
    where duplicate_of is not null
),

retold as (
    select batch.batch_id, source_file.loaded_at
    from posting_batches as batch
    inner join source_file on batch.file_id = source_file.file_id
),

lapsed as (
    select match_side.match_id
    from match_side
    inner join uncounted on match_side.side = uncounted.side and match_side.fact_id = uncounted.fact_id
    union
    select match_side.match_id
    from match_side
    inner join retold on match_side.side = 'batch' and match_side.fact_id = retold.batch_id
    inner join match_group on match_side.match_id = match_group.match_id
    inner join match_run on match_group.run_id = match_run.run_id
    where retold.loaded_at > match_run.started_at
)

select
    match_group.match_id,
    match_group.run_id,
    match_group.known_on,
    coalesce(match_group.shown_from, match_run.as_of_date) as shown_from,
    match_group.rule,
    match_group.confidence,
    match_group.explanation,
    match_group.agrees,
    match_group.differs,
    match_group.remainder_amount,
    match_group.remainder_reason,
    decided.action,
    decided.decided_by,
    decided.reason,
    coalesce(decided.decided_at, match_run.started_at) as decided_at,
    match_group.rule = 'by_hand' or coalesce(decided.action, '') in ('confirm', 'decline', 'unmatch') as is_by_person,
    case
        when decided.action in ('undo', 'supersede', 'carry') then 'ended'
        when lapsed.match_id is not null then 'lapsed'
        when decided.action in ('decline', 'unmatch') then 'ended'
        when decided.action = 'confirm' then 'confirmed'
        else match_group.status
    end as status
from match_group
inner join match_run on match_group.run_id = match_run.run_id
inner join reporting_day
    on coalesce(match_group.shown_from, match_run.as_of_date) <= reporting_day.day and coalesce(match_group.known_on, reporting_day.day) <= reporting_day.day
left join match_decisions as decided on match_group.match_id = decided.match_id
left join lapsed on match_group.match_id = lapsed.match_id
