-- The facts known by a number: to the letter, in another spelling, beginning with it, or cut short by the bank.
--
-- grain:   one row per fact, field and number
-- key:     what, seed_id, field, written
-- params:  text (text): the number as it was asked for
--          compared (text): the same as it is compared
--          shortest (integer): how long it must be to be looked for as a beginning
--          as_of (date): facts of later days do not exist yet
--          most (integer): how many of a kind, field and way
-- example: text = 'EFT000001G83', compared = 'EFT000001G83', shortest = 4, most = 25
-- units:   US dollars; found_count counts all of that kind, field and way
with judged as (
    select
        what,
        seed_id,
        field,
        written,
        case
            when upper(written) = upper($text) then 'exact'
            when compared = $compared then 'other_spelling'
            when length($compared) >= $shortest and position($compared in compared) = 1 then 'beginning'
            when field = 'trace_in_text' and length(compared) >= 8 and position(compared in $compared) = 1 then 'cut_short'
        end as how
    from known_keys
),

ranked as (
    select
        judged.what,
        judged.seed_id,
        judged.field,
        judged.written,
        judged.how,
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
            partition by judged.what, judged.field, judged.how
            order by facts.known_on desc, facts.file_id desc, facts.place
        ) as position,
        count(*) over (partition by judged.what, judged.field, judged.how) as found_count
    from judged
    inner join known_facts as facts on judged.what = facts.what and judged.seed_id = facts.seed_id
    where judged.how is not null and facts.known_on <= $as_of
)

select
    what,
    seed_id,
    field,
    written,
    how,
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
order by what, field, how, position
