-- Everything that can stand in a match: bank lines, remittances and posting batches, each with its whole amount.
--
-- grain:   one row per fact, also those that do not count (is_counted says)
-- key:     side, fact_id
-- params:  none
-- units:   US dollars
create or replace view linkable_facts as
select
    'bank' as side,
    cast(bank_transaction_id as varchar) as fact_id,
    coalesce(bank_reference, customer_reference, 'bank line ' || cast(place as varchar)) as reference,
    amount,
    posted_date as item_date,
    known_on,
    company_name as payer_name,
    bank_account,
    not_counted is null as is_counted
from bank_transactions
union all
select
    'remittance' as side,
    cast(remittance_id as varchar) as fact_id,
    trace_number as reference,
    payment_amount as amount,
    payment_date as item_date,
    known_on,
    payer_name,
    payee_bank_account as bank_account,
    duplicate_of is null as is_counted
from remittances
union all
select
    'batch' as side,
    batch.batch_id as fact_id,
    batch.batch_id as reference,
    batch.posted_total as amount,
    batch.deposit_date as item_date,
    batch.known_on,
    batch.payer_name,
    batch.bank_account,
    true as is_counted
from posting_batches as batch
