-- What is known of a deposit without asking anyone: traces and words of the bank's text, and the receipts that may be its cheques.
--
-- grain:   one row per clue
-- key:     clue, said, file_id, place
-- params:  bank_transaction_id (integer)
-- example: bank_transaction_id=1
-- units:   said is text as compared; an amount in US dollars
with own as (
    select bank_transaction_id, fact_key, file_id, place, amount, posted_date, company_name
    from (
        select
            bank_transaction_id,
            ltrim(upper(coalesce(bank_reference, customer_reference)), '0') as fact_key,
            file_id,
            place,
            amount,
            posted_date,
            company_name
        from bank_transactions
    ) as line
    where bank_transaction_id = $bank_transaction_id
),

receipts_of as (
    select receipt.file_id, receipt.place, receipt.check_key, receipt.payer_name, receipt.account_number
    from receipts as receipt
    cross join own
    where ltrim(replace(upper(receipt.deposit_slip), '-', ''), '0') = own.fact_key
        or (receipt.amount = own.amount and receipt.received_date between own.posted_date - 7 and own.posted_date)
)

select 'number' as clue, trace.trace_key as said, trace.file_id, trace.place
from bank_trace as trace
inner join own on trace.bank_transaction_id = own.bank_transaction_id
union
select 'payer' as clue, upper(company_name) as said, file_id, place
from own
where company_name is not null
union
select 'amount' as clue, cast(amount as varchar) as said, file_id, place
from own
union
select 'number' as clue, check_key as said, file_id, place
from receipts_of
where check_key is not null
union
select 'payer' as clue, upper(payer_name) as said, file_id, place
from receipts_of
where payer_name is not null
union
select 'claim' as clue, ltrim(upper(account_number), '0') as said, file_id, place
from receipts_of
where account_number is not null
order by clue, said, file_id, place
