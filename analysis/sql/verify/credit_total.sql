-- What all accounts in credit add up to on a day, by their newest extracts.
--
-- grain:   one row
-- key:     none
-- params:  as_of (date): later extracts do not exist yet
-- units:   US dollars, the credits positive
with known as (
    select
        balance,
        row_number() over (partition by account_number order by extract_date desc) as newness
    from accounts
    where extract_date <= $as_of
)

select
    count(*) as account_count,
    coalesce(-sum(balance), 0)::decimal(18, 2) as credit_balance
from known
where newness = 1 and balance < 0
