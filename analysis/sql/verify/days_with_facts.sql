-- The last days on which anything became known.
--
-- grain:   one row per day
-- key:     day
-- params:  most_days (integer): how many
-- example: most_days=14
-- units:   dates
with days as (
    select known_on as day
    from bank_transactions
    union
    select known_on as day
    from remittances
    union
    select known_on as day
    from posting_batches
)

select day
from days
order by day desc
limit $most_days
