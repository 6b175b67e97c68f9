-- What each posting batch posted under each remittance that its lines name by trace or cheque number.
--
-- grain:   one row per batch and remittance that bears the reference
-- key:     batch_id, remittance_id
-- params:  none
-- note:    what is paid in another currency is named by no batch; a short number that happens to be a trace too (a patient's
--          cheque) names nothing: amount or payer must agree, or the number be long (six characters where the batch is of no
--          payer or several, else eight), and the payment made within 200 days
-- units:   US dollars posted under the reference, and of the payment; namesakes counts remittances with that trace
create or replace view batch_advice as
with posted as (
    select
        batch_id,
        reference_key,
        max(batch_type) as batch_type,
        max(payer_name) as payer_name,
        max(deposit_date) as deposit_date,
        max(known_on) as known_on,
        max(file_id) as file_id,
        sum(amount)::decimal(18, 2) as posted_amount
    from posting_lines
    where reference_key is not null
    group by batch_id, reference_key
)

select
    posted.batch_id,
    remittance.remittance_id,
    greatest(posted.known_on, remittance.known_on) as known_on,
    remittance.trace_number,
    posted.posted_amount,
    coalesce(remittance.payment_amount, 0)::decimal(18, 2) as payment_amount,
    remittance.is_without_deposit,
    count(*) over (partition by posted.batch_id, posted.reference_key) as namesakes,
    count(case when remittance.payment_amount = posted.posted_amount then 1 end)
        over (partition by posted.batch_id, posted.reference_key) as equal_namesakes
from posted
inner join remittances as remittance on posted.reference_key = remittance.trace_key
where remittance.duplicate_of is null
    and remittance.currency = 'USD'
    and (
        remittance.payment_amount = posted.posted_amount
        or (
            coalesce(posted.batch_type, 'ERA') not in ('PATIENT', 'CARD')
            and coalesce(abs(date_diff('day', remittance.payment_date, posted.deposit_date)) <= 200, true)
            and (
                upper(posted.payer_name) = upper(remittance.payer_name)
                or length(posted.reference_key) >= 8
                or (coalesce(upper(posted.payer_name), 'VARIOUS') = 'VARIOUS' and length(posted.reference_key) >= 6)
            )
        )
    )
