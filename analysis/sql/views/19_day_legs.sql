-- The three legs of every day: each deposit, remittance with money and posting batch on the day that it is of.
--
-- grain:   one row per deposit, remittance or batch
-- key:     leg, fact_id
-- params:  none
-- units:   US dollars; day is the bank's posted date, the payment date, the batch's deposit date
create or replace view day_legs as
select
    'deposited' as leg,
    'bank' as side,
    cast(bank_transaction_id as varchar) as fact_id,
    posted_date as day,
    known_on,
    amount,
    company_name as payer_name,
    coalesce(bank_reference, customer_reference) as reference
from bank_transactions
where not_counted is null and amount > 0 and line_kind not in ('interest', 'sweep', 'adjustment')
union all
select
    'remitted' as leg,
    'remittance' as side,
    cast(remittance_id as varchar) as fact_id,
    payment_date as day,
    known_on,
    payment_amount as amount,
    payer_name,
    trace_number as reference
from remittances
where duplicate_of is null and not is_without_deposit and currency = 'USD'
union all
select
    'posted' as leg,
    'batch' as side,
    batch_id as fact_id,
    deposit_date as day,
    known_on,
    posted_total as amount,
    payer_name,
    batch_id as reference
from posting_batches
