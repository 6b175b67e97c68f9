-- The facts that bear one of these amounts, with either sign, the newest of each kind.
--
-- grain:   one row per fact and field
-- key:     what, seed_id, field
-- params:  amounts (text): absolute amounts with a blank between
--          as_of (date): facts of later days do not exist yet
--          most (integer): how many of a kind, field and amount
-- example: amounts = '1828.00 1288.00', most = 25
-- units:   US dollars; found_count counts all of that kind, field and amount
with wanted as (
    select cast(one.text as decimal(18, 2)) as amount
    from unnest(string_to_array($amounts, ' ')) as one (text)
),

found as (
    select
        known.what,
        known.seed_id,
        known.field,
        known.amount as found_amount,
        wanted.amount as wanted_amount
    from known_amounts as known
    inner join wanted on abs(known.amount) = wanted.amount
),

ranked as (
    select
        found.what,
        found.seed_id,
        found.field,
        found.found_amount,
        found.wanted_amount,
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
            partition by found.what, found.field, found.wanted_amount
            order by facts.known_on desc, facts.file_id desc, facts.place
        ) as position,
        count(*) over (partition by found.what, found.field, found.wanted_amount) as found_count
    from found
    inner join known_facts as facts on found.what = facts.what and found.seed_id = facts.seed_id
    where facts.known_on <= $as_of
)

select
    what,
    seed_id,
    field,
    found_amount,
    wanted_amount,
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
order by what, field, wanted_amount, position
