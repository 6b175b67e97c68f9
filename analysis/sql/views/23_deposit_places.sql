-- Every deposit with all its money by place: posted, unposted, in suspense, unapplied, in the wrong home, sent on.
--
-- grain:   one row per deposit that wants a partner
-- key:     bank_transaction_id
-- params:  none
-- units:   US dollars; amount = posted + unposted + suspense + unapplied + wrong_home + sent, to the cent
-- note:    unapplied is what people parked so and what batches posted so. What is posted after it was parked leaves its place,
--          unapplied first, then suspense: overtaken_amount says how much; of money in the wrong home or sent on that is a
--          fault to look at. free_amount can still be parked.
--          Where a batch is tied to several deposits, straight or over their remittances, they bear what it put on no account in
--          order of their ids, each up to what is posted of it
create or replace view deposit_places as
with states as materialized (
    select fact_id, state, amount
    from deposit_states
    where state in ('tied', 'differs', 'posted_without_remittance', 'unposted', 'deposit_alone')
),

stated as materialized (
    select
        fact_id,
        sum(amount)::decimal(18, 2) as amount,
        sum(case when state in ('tied', 'differs', 'posted_without_remittance') then amount else 0 end)::decimal(18, 2) as booked_amount
    from states
    group by fact_id
),

links as materialized (
    select side, fact_id, other_side, other_fact_id
    from linked_pairs
    where side in ('batch', 'remittance')
),

pairs as (
    select fact_id as batch_id, other_fact_id as fact_id
    from links
    where side = 'batch' and other_side = 'bank'
    union
    select posting.fact_id as batch_id, money.other_fact_id as fact_id
    from links as posting
    inner join links as money
        on posting.other_side = 'remittance'
        and money.side = 'remittance'
        and money.other_side = 'bank'
        and posting.other_fact_id = money.fact_id
    where posting.side = 'batch'
),

borne as (
    select
        pairs.fact_id,
        stated.booked_amount,
        unapplied.amount,
        sum(stated.booked_amount) over (
            partition by pairs.batch_id order by pairs.fact_id rows between unbounded preceding and current row
        ) - stated.booked_amount as before_amount
    from pairs
    inner join unapplied_batches as unapplied on pairs.batch_id = unapplied.batch_id
    inner join stated on pairs.fact_id = stated.fact_id
    where stated.booked_amount > 0
),

shares as materialized (
    select
        fact_id,
        least(
            max(booked_amount), sum(greatest(0, least(booked_amount, amount - before_amount)))
        )::decimal(18, 2) as unapplied_amount
    from borne
    group by fact_id
),

parked as materialized (
    select
        cast(bank_transaction_id as varchar) as fact_id,
        sum(case when place = 'suspense' then left_amount else 0 end)::decimal(18, 2) as suspense_amount,
        sum(case when place = 'unapplied' then left_amount else 0 end)::decimal(18, 2) as unapplied_amount,
        sum(case when place = 'wrong_home' and standing <> 'sent' then left_amount else 0 end)::decimal(18, 2) as wrong_home_amount,
        sum(case when standing = 'sent' then left_amount else 0 end)::decimal(18, 2) as sent_amount
    from parked_lots
    group by bank_transaction_id
),

measured as materialized (
    select
        stated.fact_id,
        stated.amount,
        (stated.booked_amount - coalesce(shares.unapplied_amount, 0))::decimal(18, 2) as posted_amount,
        coalesce(shares.unapplied_amount, 0)::decimal(18, 2) as in_batches_amount,
        (stated.amount - stated.booked_amount)::decimal(18, 2) as unbooked_amount,
        greatest(stated.amount - stated.booked_amount + coalesce(shares.unapplied_amount, 0), 0)::decimal(18, 2) as room_amount,
        coalesce(parked.suspense_amount, 0)::decimal(18, 2) as suspense_wanted,
        coalesce(parked.unapplied_amount, 0)::decimal(18, 2) as unapplied_wanted,
        coalesce(parked.wrong_home_amount, 0)::decimal(18, 2) as wrong_home_wanted,
        coalesce(parked.sent_amount, 0)::decimal(18, 2) as sent_wanted
    from stated
    left join shares on stated.fact_id = shares.fact_id
    left join parked on stated.fact_id = parked.fact_id
),

first as (
    select
        fact_id,
        least(sent_wanted, room_amount)::decimal(18, 2) as sent_amount,
        least(wrong_home_wanted, greatest(room_amount - sent_wanted, 0))::decimal(18, 2) as wrong_home_amount,
        least(suspense_wanted, greatest(room_amount - sent_wanted - wrong_home_wanted, 0))::decimal(18, 2) as suspense_amount,
        least(
            unapplied_wanted, greatest(room_amount - sent_wanted - wrong_home_wanted - suspense_wanted, 0)
        )::decimal(18, 2) as unapplied_amount
    from measured
),

set_aside as (
    select
        fact_id,
        sent_amount,
        wrong_home_amount,
        suspense_amount,
        unapplied_amount,
        (sent_amount + wrong_home_amount + suspense_amount + unapplied_amount)::decimal(18, 2) as parked_amount
    from first
)

select
    line.bank_transaction_id,
    measured.fact_id,
    line.posted_date as item_date,
    line.bank_account,
    coalesce(line.bank_reference, line.customer_reference) as reference,
    line.company_name as payer_name,
    line.file_id,
    line.place,
    line.last_place,
    measured.amount,
    measured.posted_amount,
    case
        when measured.room_amount = 0 then measured.unbooked_amount
        else measured.unbooked_amount - least(set_aside.parked_amount, greatest(measured.unbooked_amount, 0))
    end::decimal(18, 2) as unposted_amount,
    set_aside.suspense_amount,
    (
        set_aside.unapplied_amount
        + measured.in_batches_amount
        - greatest(set_aside.parked_amount - greatest(measured.unbooked_amount, 0), 0)
    )::decimal(18, 2) as unapplied_amount,
    measured.in_batches_amount,
    set_aside.wrong_home_amount,
    set_aside.sent_amount,
    (measured.room_amount - set_aside.parked_amount)::decimal(18, 2) as free_amount,
    (
        measured.sent_wanted + measured.wrong_home_wanted + measured.suspense_wanted + measured.unapplied_wanted
        - set_aside.parked_amount
    )::decimal(18, 2) as overtaken_amount
from measured
inner join set_aside on measured.fact_id = set_aside.fact_id
inner join bank_transactions as line on measured.fact_id = cast(line.bank_transaction_id as varchar)
