-- Bank credits and remittances with the same trace and the same amount, one to one.
--
-- grain:   one row per side of a match
-- key:     group_number, side
-- params:  as_of (date): later facts are not yet known
-- example: as_of=2026-11-13
-- units:   US dollars
-- rule:    confirmed; a trace and amount that fit more than one on either side match nothing
with linked as (
    select
        bank.fact_id as bank_fact_id,
        advice.fact_id as remittance_fact_id
    from match_links as bank
    inner join match_links as advice on bank.match_id = advice.match_id and advice.side = 'remittance'
    where bank.side = 'bank'
),

bank as (
    select line.bank_transaction_id, line.amount
    from bank_transactions as line
    where line.not_counted is null
        and line.amount > 0
        and line.known_on <= $as_of
        and cast(line.bank_transaction_id as varchar) not in (select linked.bank_fact_id from linked)
),

advice as (
    select remittance.remittance_id, remittance.trace_key, remittance.trace_number, remittance.payment_amount
    from remittances as remittance
    where remittance.duplicate_of is null
        and not remittance.is_without_deposit
        and remittance.trace_key is not null
        and remittance.known_on <= $as_of
        and cast(remittance.remittance_id as varchar) not in (select linked.remittance_fact_id from linked)
),

pairs as (
    select distinct
        bank.bank_transaction_id,
        advice.remittance_id,
        advice.trace_number,
        advice.payment_amount as amount
    from bank
    inner join bank_trace on bank.bank_transaction_id = bank_trace.bank_transaction_id
    inner join advice on bank_trace.trace_key = advice.trace_key and bank.amount = advice.payment_amount
),

counted as (
    select
        bank_transaction_id,
        remittance_id,
        trace_number,
        amount,
        count(*) over (partition by bank_transaction_id) as remittances_found,
        count(*) over (partition by remittance_id) as deposits_found
    from pairs
),

taken as (
    select
        bank_transaction_id,
        remittance_id,
        trace_number,
        amount,
        row_number() over (order by remittance_id) as group_number
    from counted
    where remittances_found = 1 and deposits_found = 1
)

select
    group_number,
    'bank' as side,
    cast(bank_transaction_id as varchar) as fact_id,
    amount,
    'trace ' || trace_number || ' and amount agree' as explanation
from taken
union all
select
    group_number,
    'remittance' as side,
    cast(remittance_id as varchar) as fact_id,
    amount,
    'trace ' || trace_number || ' and amount agree' as explanation
from taken
order by group_number, side
