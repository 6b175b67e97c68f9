-- What a match links of deposits is what it links of remittances, but for the remainder that it names.
--
-- grain:   one row per match that is broken
-- key:     match_id
-- params:  none
-- units:   US dollars; the remainder is deposits less remittances
with sums as (
    select
        match_id,
        sum(case when side = 'bank' then amount end)::decimal(18, 2) as deposited,
        sum(case when side = 'remittance' then amount end)::decimal(18, 2) as remitted
    from match_side
    group by match_id
)

select
    sums.match_id,
    sums.deposited,
    sums.remitted,
    match_group.remainder_amount
from sums
inner join match_group on sums.match_id = match_group.match_id
where sums.deposited - sums.remitted <> coalesce(match_group.remainder_amount, 0)
order by sums.match_id
