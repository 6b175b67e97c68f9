-- What is known of the facts that are followed, the newest of each kind.
--
-- grain:   one row per fact
-- key:     what, seed_id
-- params:  as_of (date): facts of later days do not exist yet
--          most (integer): how many of a kind
-- example: most = 200
-- units:   US dollars; found_count counts all of that kind
with ranked as (
    select
        facts.what,
        facts.seed_id,
        facts.amount,
        facts.known_on as day,
        facts.reference,
        facts.payer_name,
        facts.words,
        facts.side,
        facts.fact_id,
        facts.file_id,
        facts.place,
        row_number() over (
            partition by facts.what order by facts.known_on desc, facts.file_id desc, facts.place
        ) as position,
        count(*) over (partition by facts.what) as found_count
    from known_facts as facts
    inner join traced_facts as traced on facts.what = traced.what and facts.seed_id = traced.seed_id
    where facts.known_on <= $as_of
)

select
    what,
    seed_id,
    amount,
    day,
    reference,
    payer_name,
    words,
    side,
    fact_id,
    ranked.file_id,
    place,
    source_files.file_name,
    found_count
from ranked
left join source_files on ranked.file_id = source_files.file_id
where position <= $most
order by day, what, ranked.file_id, place
