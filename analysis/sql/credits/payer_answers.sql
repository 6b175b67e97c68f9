-- What payers' remittances say of refunds that went out: that the refund is there, or that the money was taken all the same.
--
-- grain:   one row per refund, answer and provider adjustment that gives it
-- key:     refund_id, answer, file_id, place, position
-- params:  as_of (date): later refunds and remittances do not exist yet
-- units:   US dollars without sign; answer is acknowledged (a PLB 72 with its WO of the amount) or taken_after_refunded (a taking
--          of the amount since the credit began that stands against no 72)
-- note:    the same payer by its name, the amount to the cent, and the account by its number or one of its claim numbers; a 72
--          may name our cheque instead
with gone as (
    select
        refund.refund_id,
        refund.account_number,
        ltrim(upper(refund.account_number), '0') as account_key,
        refund.credit_date,
        refund.requested_on,
        refund.payee_name,
        refund.amount,
        refund.cheque_number
    from refunds as refund
    where refund.payee_type = 'PAYER' and refund.status in ('exported', 'issued', 'cleared')
),

entries as (
    select
        entry.file_id,
        entry.place,
        entry.position,
        entry.code,
        entry.reference,
        entry.trace_number,
        entry.known_on,
        entry.amount,
        entry.is_refund,
        entry.carry,
        upper(trim(entry.payer_name)) as payer_name,
        ltrim(upper(entry.account_number), '0') as account_key
    from takeback_entries as entry
    where entry.known_on <= $as_of
)

select
    gone.refund_id,
    'acknowledged' as answer,
    entry.file_id,
    entry.place,
    entry.position,
    entry.code,
    entry.reference,
    entry.trace_number,
    entry.known_on as answered_on,
    gone.amount
from gone
inner join entries as entry
    on upper(trim(gone.payee_name)) = entry.payer_name
    and gone.amount = -entry.amount
    and gone.requested_on <= entry.known_on
where entry.code = '72'
    and entry.is_refund
    and (gone.account_key = entry.account_key or gone.cheque_number = entry.reference)
union all
select
    gone.refund_id,
    'taken_after_refunded' as answer,
    entry.file_id,
    entry.place,
    entry.position,
    entry.code,
    entry.reference,
    entry.trace_number,
    entry.known_on as answered_on,
    gone.amount
from gone
inner join entries as entry
    on upper(trim(gone.payee_name)) = entry.payer_name
    and gone.amount = entry.amount
    and gone.account_key = entry.account_key
    and gone.credit_date <= entry.known_on
where entry.carry = 'carried' and not entry.is_refund
order by 1, 2, 9, 3, 4, 5
