-- Deposits and remittances with the same trace and another amount: paid short or over, or in part.
--
-- grain:   one row per deposit and remittance
-- key:     left_fact_id, right_fact_id
-- params:  days_before (integer), days_after (integer): bank business days from the payment date to the deposit
-- example: days_before=10, days_after=30
-- units:   US dollars not yet linked; of each side the smaller of the two, which is what the deposit can pay
select
    deposit.fact_id as left_fact_id,
    least(deposit.open_amount, advice.open_amount) as left_amount,
    advice.fact_id as right_fact_id,
    least(deposit.open_amount, advice.open_amount) as right_amount,
    greatest(deposit.known_on, advice.known_on) as known_on,
    'trace ' || advice.trace_number || ' agrees, the amount is off by '
    || format('{:,.2f}', abs(deposit.open_amount - advice.open_amount))
    || case when deposit.open_amount < advice.open_amount then ' (deposit short)' else ' (deposit over)' end as explanation,
    'trace'
    || case
        when deposit.company_key in (advice.payer_key_1, advice.payer_key_2, advice.payer_key_3) then '; payer'
        else ''
    end as agrees,
    'amount' as differs
from open_traces as trace
inner join open_deposits as deposit on trace.bank_transaction_id = deposit.bank_transaction_id
inner join open_remittances as advice on trace.trace_key = advice.trace_key
where deposit.open_amount <> advice.open_amount
    and deposit.posted_number - advice.payment_number between -$days_before and $days_after
    and (
        trace.found_in in ('trn_segment', 'trn_segment_unspaced')
        or deposit.company_key in (advice.payer_key_1, advice.payer_key_2, advice.payer_key_3)
    )
