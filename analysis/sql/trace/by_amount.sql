-- The facts that bear an amount, or one that looks like it, with either sign, the newest of each kind.
--
-- grain:   one row per fact and field
-- key:     what, seed_id, field
-- params:  amount (number): the amount, without sign
--          look_alikes (text): others, without sign, with a blank between, empty for none
--          as_of (date): facts of later days do not exist yet
--          most (integer): how many of a kind and field
--          most_look_alikes (integer): how many of a kind, field and other amount
-- example: amount = 1828.00, look_alikes = '1288.00 182.80', most = 25, most_look_alikes = 3
-- units:   US dollars; found_count counts all of that kind, field and amount
with wanted as (
    select cast($amount as decimal(18, 2)) as amount
    union
    select cast(nullif(one.text, '') as decimal(18, 2)) as amount
    from unnest(string_to_array($look_alikes, ' ')) as one (text)
    where one.text <> ''
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
where position <= case when wanted_amount = $amount then $most else $most_look_alikes end
order by what, field, wanted_amount, position
