-- Card batches and settlements of their account that are the control total less a fee at one of the configured rates.
--
-- grain:   one row per batch and bank credit
-- key:     left_fact_id, right_fact_id
-- params:  days_after (integer): calendar days from the deposit date to the settlement
-- example: days_after=5
-- units:   US dollars; rates in percent (fee_rates)
with fees as (
    select
        batch.batch_id as left_fact_id,
        batch.control_total as left_amount,
        deposit.fact_id as right_fact_id,
        deposit.open_amount as right_amount,
        greatest(batch.known_on, deposit.known_on) as known_on,
        min(fee_rates.percent) as percent
    from open_batches as batch
    inner join open_deposits as deposit
        on date_diff('day', batch.deposit_date, deposit.posted_date) between 0 and $days_after
        and coalesce(batch.bank_account, deposit.bank_account) = deposit.bank_account
        and batch.control_total > deposit.open_amount
    inner join fee_rates
        on batch.control_total - deposit.open_amount
        between batch.control_total * fee_rates.percent / 100 - 0.01 and batch.control_total * fee_rates.percent / 100 + 0.01
    where batch.batch_type = 'CARD' and deposit.line_kind = 'card' and not deposit.is_posted
    group by
        batch.batch_id,
        batch.control_total,
        batch.known_on,
        deposit.fact_id,
        deposit.open_amount,
        deposit.known_on
)

select
    left_fact_id,
    left_amount,
    right_fact_id,
    right_amount,
    known_on,
    'card batch ' || left_fact_id || ' less ' || format('{:,.2f}', left_amount - right_amount)
    || ', a fee of ' || cast(percent as varchar) || ' %' as explanation,
    'bank account; amount less fee' as agrees,
    'amount' as differs
from fees
