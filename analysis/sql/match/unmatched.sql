-- Everything open on a day: what, how much, how old, the nearest miss, and what to do next.
--
-- grain:   one row per open item
-- key:     item_id
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; age in calendar days from item_date to as_of, 0 for a payment announced for later
with items as (
    select
        item_id,
        item_type,
        side,
        fact_id,
        file_id,
        place,
        last_place,
        reference,
        bank_account,
        payer_name,
        amount,
        item_date,
        detail
    from item_candidates
    where opened_on <= $as_of and (closed_on is null or closed_on > $as_of)
),

open_advice as (
    select
        items.fact_id,
        items.payer_name,
        items.amount,
        remittance.trace_key
    from items
    inner join remittances as remittance on items.fact_id = cast(remittance.remittance_id as varchar)
    where items.item_type = 'remittance_without_deposit'
),

open_deposits as (
    select fact_id, amount
    from items
    where item_type in ('deposit_without_remittance', 'unidentified_payment')
),

same_trace as (
    select
        open_deposits.fact_id as deposit_id,
        open_advice.fact_id as advice_id,
        (open_deposits.amount - open_advice.amount)::decimal(18, 2) as off_by
    from open_deposits
    inner join bank_trace on open_deposits.fact_id = cast(bank_trace.bank_transaction_id as varchar)
    inner join open_advice on bank_trace.trace_key = open_advice.trace_key
    where open_deposits.amount <> open_advice.amount
),

tied as (
    select
        open_deposits.fact_id as deposit_id,
        open_advice.fact_id as advice_id
    from open_deposits
    inner join bank_trace on open_deposits.fact_id = cast(bank_trace.bank_transaction_id as varchar)
    inner join open_advice
        on bank_trace.trace_key = open_advice.trace_key and open_deposits.amount = open_advice.amount
    group by open_deposits.fact_id, open_advice.fact_id
),

same_amount as (
    select
        open_deposits.fact_id as deposit_id,
        open_advice.fact_id as advice_id,
        coalesce(open_advice.payer_name, 'a payer') as payer_name
    from open_deposits
    inner join open_advice on open_deposits.amount = open_advice.amount
),

deposit_misses as (
    select
        open_deposits.fact_id,
        (select count(*) from tied where tied.deposit_id = open_deposits.fact_id) as ties,
        (select min(same_trace.off_by) from same_trace where same_trace.deposit_id = open_deposits.fact_id) as off_by,
        (select count(*) from same_amount where same_amount.deposit_id = open_deposits.fact_id) as equal_amounts,
        (select min(same_amount.payer_name) from same_amount where same_amount.deposit_id = open_deposits.fact_id)
            as equal_payer
    from open_deposits
),

advice_misses as (
    select
        open_advice.fact_id,
        (select count(*) from tied where tied.advice_id = open_advice.fact_id) as ties,
        (select min(same_trace.off_by) from same_trace where same_trace.advice_id = open_advice.fact_id) as off_by,
        (select count(*) from same_amount where same_amount.advice_id = open_advice.fact_id) as equal_amounts
    from open_advice
)

select
    items.item_id,
    items.item_type,
    items.reference,
    items.bank_account,
    items.payer_name,
    items.amount,
    items.item_date,
    greatest(date_diff('day', items.item_date, $as_of), 0) as age_days,
    case
        when items.item_type in ('deposit_without_remittance', 'unidentified_payment') and deposit_misses.ties > 0
            then 'more than one deposit or remittance shares its trace and amount: ambiguous'
        when items.item_type = 'remittance_without_deposit' and advice_misses.ties > 0
            then 'more than one deposit or remittance shares its trace and amount: ambiguous'
        when items.item_type in ('deposit_without_remittance', 'unidentified_payment')
            and deposit_misses.off_by is not null
            then 'a remittance has its trace but the amount is off by ' || cast(deposit_misses.off_by as varchar)
        when items.item_type in ('deposit_without_remittance', 'unidentified_payment')
            and deposit_misses.equal_amounts = 1
            then 'one open remittance has its amount (' || deposit_misses.equal_payer || ') but not its trace'
        when items.item_type in ('deposit_without_remittance', 'unidentified_payment')
            and deposit_misses.equal_amounts > 1
            then cast(deposit_misses.equal_amounts as varchar) || ' open remittances have its amount, none its trace'
        when items.item_type = 'deposit_without_remittance' then 'no open remittance has its trace or its amount'
        when items.item_type = 'unidentified_payment' then 'the bank text names no payer and no trace'
        when items.item_type = 'remittance_without_deposit' and advice_misses.off_by is not null
            then 'a deposit has its trace but the amount is off by ' || cast(advice_misses.off_by as varchar)
        when items.item_type = 'remittance_without_deposit' and advice_misses.equal_amounts = 1
            then 'one open deposit has its amount but not its trace'
        when items.item_type = 'remittance_without_deposit' and advice_misses.equal_amounts > 1
            then cast(advice_misses.equal_amounts as varchar) || ' open deposits have its amount, none its trace'
        when items.item_type = 'remittance_without_deposit' then 'no open deposit has its trace or its amount'
        when items.item_type = 'unposted_remittance' then 'no posting batch names its trace'
        when items.item_type = 'returned_item' then 'not yet tied to the deposit it takes back'
        else items.detail
    end as why,
    case items.item_type
        when 'deposit_without_remittance' then 'ask the payer for the remittance, or match by hand'
        when 'unidentified_payment' then 'ask the bank for the sender and its addenda'
        when 'remittance_without_deposit' then 'wait three business days, then trace the payment with the payer'
        when 'duplicate_remittance' then 'do not post it again'
        when 'out_of_balance_remittance' then 'ask the payer for a corrected remittance before posting'
        when 'unposted_remittance' then 'post it'
        when 'returned_item' then 'reverse the payment on the account and bill again'
        when 'rejected_claim' then 'check registration and bill again'
        else 'look at it'
    end as next_step,
    'open' as status,
    cast(null as varchar) as owner,
    items.side,
    items.fact_id,
    items.file_id,
    items.place,
    items.last_place
from items
left join deposit_misses on items.side = 'bank' and items.fact_id = deposit_misses.fact_id
left join advice_misses on items.side = 'remittance' and items.fact_id = advice_misses.fact_id
order by items.amount desc, items.item_id
