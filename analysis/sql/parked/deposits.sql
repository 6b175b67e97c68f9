-- Every deposit of which money is not posted on an account, with that money by place and how it stands.
--
-- grain:   one row per deposit
-- key:     bank_transaction_id
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; age in calendar days from the day that the money came
-- note:    held_in lists the places that hold any of it; is_unidentified: it is open as a payment of nobody known
with identified as (
    select fact_id
    from items_of_day
    where side = 'bank' and item_type = 'unidentified_payment'
),

tried as (
    select trace_try.bank_transaction_id, count(*) as try_count
    from trace_try
    inner join decision on trace_try.decision_id = decision.decision_id
    where decision.effective_on <= $as_of
    group by trace_try.bank_transaction_id
)

select
    deposit.bank_transaction_id,
    deposit.item_date,
    deposit.reference,
    deposit.payer_name,
    deposit.bank_account,
    deposit.amount,
    deposit.posted_amount,
    deposit.unposted_amount,
    deposit.suspense_amount,
    deposit.unapplied_amount,
    deposit.wrong_home_amount,
    deposit.sent_amount,
    deposit.free_amount,
    deposit.overtaken_amount,
    date_diff('day', deposit.item_date, $as_of) as age_days,
    concat_ws(
        '; ',
        case when deposit.unposted_amount <> 0 then 'unposted' end,
        case when deposit.suspense_amount <> 0 then 'suspense' end,
        case when deposit.unapplied_amount <> 0 then 'unapplied' end,
        case when deposit.wrong_home_amount <> 0 then 'wrong_home' end,
        case when deposit.sent_amount <> 0 then 'sent' end
    ) as held_in,
    identified.fact_id is not null as is_unidentified,
    coalesce(tried.try_count, 0) as try_count,
    deposit.file_id,
    deposit.place,
    deposit.last_place
from deposit_places as deposit
left join identified on deposit.fact_id = identified.fact_id
left join tried on deposit.bank_transaction_id = tried.bank_transaction_id
where deposit.posted_amount <> deposit.amount or deposit.overtaken_amount <> 0
order by identified.fact_id is null, deposit.amount - deposit.posted_amount desc, deposit.bank_transaction_id
