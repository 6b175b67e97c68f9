-- Posting batches and bank credits of their account with their control total, on the deposit day or within some days after.
--
-- grain:   one row per batch and bank credit
-- key:     left_fact_id, right_fact_id
-- params:  days_after (integer): calendar days, 0 for the deposit day itself
-- example: days_after=0
-- units:   US dollars
-- note:    only batches none of whose remittances has a deposit
with banked as (
    select distinct batch_advice.batch_id
    from batch_advice
    inner join banked_remittances on batch_advice.remittance_id = banked_remittances.remittance_id
)

select
    batch.batch_id as left_fact_id,
    batch.control_total as left_amount,
    deposit.fact_id as right_fact_id,
    deposit.open_amount as right_amount,
    greatest(batch.known_on, deposit.known_on) as known_on,
    'bank account and control total agree, deposited '
    || case date_diff('day', batch.deposit_date, deposit.posted_date)
        when 0 then 'the same day'
        else cast(date_diff('day', batch.deposit_date, deposit.posted_date) as varchar) || ' days after'
    end as explanation,
    'bank account; amount'
    || case when batch.deposit_date = deposit.posted_date then '; date' else '' end as agrees,
    case when batch.deposit_date = deposit.posted_date then null else 'date' end as differs
from open_batches as batch
left join banked on batch.batch_id = banked.batch_id
inner join open_deposits as deposit
    on batch.control_total = deposit.open_amount
    and date_diff('day', batch.deposit_date, deposit.posted_date) between 0 and $days_after
    and coalesce(batch.bank_account, deposit.bank_account) = deposit.bank_account
where banked.batch_id is null and batch.control_total > 0 and not deposit.is_posted
