-- What of the take-back ledger has to be looked at: taken without an opening, taken for another provider, forwarded and late.
--
-- grain:   one row per provider adjustment and reason to be open
-- key:     file_id, place, position
-- params:  none
-- units:   US dollars; open on a day = opened_on <= day and (closed_on is null or closed_on > day)
-- note:    closed on the day by whose end the ledger of its payer, code and reference owes nothing in either direction
create or replace view takeback_items as
with ended as (
    select
        entry.file_id,
        entry.place,
        entry.position,
        entry.remittance_id,
        entry.takeback_id,
        entry.payer_name,
        entry.code,
        entry.reference,
        entry.carry,
        entry.known_on,
        entry.payment_date,
        entry.amount,
        entry.is_refund,
        entry.entry_number,
        entry.owed_amount,
        lead(entry.known_on) over (partition by entry.takeback_id order by entry.entry_number) is distinct from entry.known_on
            as is_end_of_day,
        last_value(entry.owed_amount) over (
            partition by entry.takeback_id order by entry.entry_number rows between unbounded preceding and unbounded following
        ) as left_amount
    from takeback_entries as entry
    where entry.carry in ('carried', 'other_provider')
),

followed as (
    select
        file_id,
        place,
        position,
        remittance_id,
        payer_name,
        code,
        reference,
        carry,
        known_on,
        payment_date,
        amount,
        is_refund,
        owed_amount,
        left_amount,
        min(case when is_end_of_day and owed_amount >= 0 then known_on end) over later as given_back_on,
        min(case when is_end_of_day and owed_amount <= 0 then known_on end) over later as landed_on
    from ended
    window later as (partition by takeback_id order by entry_number rows between current row and unbounded following)
)

select
    case when carry = 'other_provider' then 'taken_for_other_provider' else 'takeback_without_opening' end as item_type,
    file_id,
    place,
    position,
    remittance_id,
    payer_name,
    reference,
    least(amount, -owed_amount)::decimal(18, 2) as amount,
    coalesce(payment_date, known_on) as item_date,
    known_on as opened_on,
    given_back_on as closed_on,
    case
        when carry = 'other_provider' then 'taken for an affiliated provider (OB): not our debt'
        else 'taken (' || code || ') with no opening entry under its reference, or beyond it'
    end as detail
from followed
where amount > 0 and owed_amount < 0 and not is_refund
union all
select
    'forward_balance_open' as item_type,
    followed.file_id,
    followed.place,
    followed.position,
    followed.remittance_id,
    followed.payer_name,
    followed.reference,
    case
        when followed.landed_on is null then least(-followed.amount, followed.left_amount)
        else -followed.amount
    end::decimal(18, 2) as amount,
    coalesce(followed.payment_date, followed.known_on) as item_date,
    followed.known_on + takeback_days.forward_balance_days as opened_on,
    followed.landed_on as closed_on,
    'forwarded (FB) and not taken within ' || cast(takeback_days.forward_balance_days as varchar) || ' days' as detail
from followed
cross join takeback_days
cross join reporting_day
where followed.code = 'FB'
    and followed.amount < 0
    and followed.known_on + takeback_days.forward_balance_days <= reporting_day.day
