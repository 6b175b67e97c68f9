-- Card settlements that are a remittance of the payer less a fee at one of the configured rates.
--
-- grain:   one row per deposit and remittance
-- key:     left_fact_id, right_fact_id
-- params:  days_before (integer), days_after (integer): bank business days from the payment date to the deposit
-- example: days_before=0, days_after=5
-- note:    a remittance that says its money comes by ACH or wire is not paid by card
-- units:   US dollars not yet linked; rates in percent (fee_rates)
with fees as (
    select
        deposit.fact_id as left_fact_id,
        deposit.open_amount as left_amount,
        advice.fact_id as right_fact_id,
        advice.open_amount as right_amount,
        advice.payer_name,
        greatest(deposit.known_on, advice.known_on) as known_on,
        min(fee_rates.percent) as percent
    from open_deposits as deposit
    inner join open_remittances as advice
        on deposit.posted_number - advice.payment_number between -$days_before and $days_after
        and advice.open_amount > deposit.open_amount
    inner join fee_rates
        on advice.open_amount - deposit.open_amount
        between advice.open_amount * fee_rates.percent / 100 - 0.01 and advice.open_amount * fee_rates.percent / 100 + 0.01
    where deposit.line_kind = 'card'
        and coalesce(advice.payment_method, 'CHK') not in ('ACH', 'FWT')
    group by deposit.fact_id, deposit.open_amount, advice.fact_id, advice.open_amount, advice.payer_name,
        deposit.known_on, advice.known_on
)

select
    left_fact_id,
    left_amount,
    right_fact_id,
    right_amount,
    known_on,
    'a card settlement of the payment by ' || coalesce(payer_name, 'the payer') || ' less '
    || format('{:,.2f}', right_amount - left_amount) || ', a fee of '
    || cast(percent as varchar) || ' %' as explanation,
    'amount less fee' as agrees,
    'trace' as differs
from fees
