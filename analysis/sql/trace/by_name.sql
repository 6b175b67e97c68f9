-- The facts whose payer, patient or sender bears all of these words, the newest of each kind.
--
-- grain:   one row per fact and field
-- key:     what, seed_id, field
-- params:  word_1 (text): in upper case
--          word_2 (text): another, empty for none
--          word_3 (text): another, empty for none
--          word_4 (text): another, empty for none
--          as_of (date): facts of later days do not exist yet
--          most (integer): how many of a kind and field
-- example: word_1 = 'BLUECREST', word_2 = 'HEALTH', word_3 = '', word_4 = '', most = 25
-- units:   US dollars; found_count counts all of that kind and field
with named as (
    select what, seed_id, field, name
    from known_names
    where position($word_1 in upper(name)) > 0
        and ($word_2 = '' or position($word_2 in upper(name)) > 0)
        and ($word_3 = '' or position($word_3 in upper(name)) > 0)
        and ($word_4 = '' or position($word_4 in upper(name)) > 0)
),

ranked as (
    select
        named.what,
        named.seed_id,
        named.field,
        named.name,
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
            partition by named.what, named.field order by facts.known_on desc, facts.file_id desc, facts.place
        ) as position,
        count(*) over (partition by named.what, named.field) as found_count
    from named
    inner join known_facts as facts on named.what = facts.what and named.seed_id = facts.seed_id
    where facts.known_on <= $as_of
)

select
    what,
    seed_id,
    field,
    name,
    amount,
    day,
    reference,
    payer_name,
    words,
    side,
    fact_id,
    file_id,
    place,
    found_count
from ranked
where position <= $most
order by what, field, position
