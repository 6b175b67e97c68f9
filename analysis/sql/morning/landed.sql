-- The bank credits of the newest day that any bank told of, without what nobody paid for care.
--
-- grain:   one row per bank credit that counts
-- key:     bank_transaction_id
-- params:  as_of (date): later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars
with credits as (
    select
        bank_transaction_id,
        posted_date,
        bank_account,
        amount,
        line_kind,
        company_name,
        bank_reference,
        customer_reference
    from bank_transactions
    where not_counted is null
        and amount > 0
        and line_kind not in ('interest', 'sweep', 'adjustment')
        and known_on <= $as_of
)

select
    bank_transaction_id,
    posted_date,
    bank_account,
    amount,
    line_kind,
    company_name as payer_name,
    coalesce(bank_reference, customer_reference) as reference
from credits
where posted_date = (select max(posted_date) from credits)
order by amount desc, bank_transaction_id
