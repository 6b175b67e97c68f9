-- Matches that rules confirmed are looked at anew where a fresh fact shares a trace, an amount or a payer with them, or is near in time.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  as_of (date): matches of later facts are left alone; near_days (integer): calendar days
-- units:   none
insert into reopened
with fresh_trace as (
    select bank_trace.trace_key
    from fresh_fact
    inner join bank_trace
        on fresh_fact.side = 'bank' and fresh_fact.fact_id = cast(bank_trace.bank_transaction_id as varchar)
    union
    select remittance.trace_key
    from fresh_fact
    inner join remittance
        on fresh_fact.side = 'remittance' and fresh_fact.fact_id = cast(remittance.remittance_id as varchar)
    where remittance.trace_key is not null
    union
    select posting_line.reference_key as trace_key
    from fresh_fact
    inner join posting_line on fresh_fact.side = 'batch' and fresh_fact.fact_id = posting_line.batch_id
    where posting_line.reference_key is not null
),

fresh_amount as (
    select line.amount
    from fresh_fact
    inner join bank_transaction as line
        on fresh_fact.side = 'bank' and fresh_fact.fact_id = cast(line.bank_transaction_id as varchar)
    union
    select remittance.payment_amount as amount
    from fresh_fact
    inner join remittance
        on fresh_fact.side = 'remittance' and fresh_fact.fact_id = cast(remittance.remittance_id as varchar)
    where remittance.payment_amount is not null
    union
    select posting_line.control_total as amount
    from fresh_fact
    inner join posting_line on fresh_fact.side = 'batch' and fresh_fact.fact_id = posting_line.batch_id
),

touched as (
    select 'bank' as side, cast(bank_trace.bank_transaction_id as varchar) as fact_id
    from bank_trace
    inner join fresh_trace on bank_trace.trace_key = fresh_trace.trace_key
    union
    select 'bank' as side, cast(line.bank_transaction_id as varchar) as fact_id
    from bank_transaction as line
    inner join fresh_amount on line.amount = fresh_amount.amount
    union
    select 'remittance' as side, cast(remittance.remittance_id as varchar) as fact_id
    from remittance
    inner join fresh_trace on remittance.trace_key = fresh_trace.trace_key
    union
    select 'remittance' as side, cast(remittance.remittance_id as varchar) as fact_id
    from remittance
    inner join fresh_amount on remittance.payment_amount = fresh_amount.amount
    union
    select 'batch' as side, posting_line.batch_id as fact_id
    from posting_line
    inner join fresh_trace on posting_line.reference_key = fresh_trace.trace_key
    union
    select 'batch' as side, posting_line.batch_id as fact_id
    from posting_line
    inner join fresh_amount on posting_line.control_total = fresh_amount.amount
),

fresh_day as (
    select distinct item_date
    from fresh_fact
),

near as (
    select distinct standing.match_id
    from match_standing as standing
    inner join match_side on standing.match_id = match_side.match_id and match_side.side = 'bank'
    inner join bank_transaction as line on match_side.fact_id = cast(line.bank_transaction_id as varchar)
    inner join fresh_day on abs(date_diff('day', line.posted_date, fresh_day.item_date)) <= $near_days
    where standing.rule in (
        'lump_sum',
        'split_sum',
        'split_by_trace',
        'lump_by_batch',
        'payer_day_sum',
        'batch_deposit',
        'batch_deposit_later',
        'batches_of_a_day'
    )
),

-- A payer's first remittance tells whose a sender's id is, at whatever distance in time.
fresh_payer as (
    select distinct offer_keys.company_key, upper(offer_keys.payer_name) as payer_name
    from fresh_fact
    inner join offer_keys on fresh_fact.side = 'remittance' and fresh_fact.fact_id = cast(offer_keys.remittance_id as varchar)
),

newly_named as (
    select match_side.match_id
    from match_standing as standing
    inner join match_side on standing.match_id = match_side.match_id and match_side.side = 'bank'
    inner join deposit_keys on match_side.fact_id = deposit_keys.fact_id
    inner join fresh_payer on deposit_keys.company_key = fresh_payer.company_key
    where standing.rule in ('lump_sum', 'lump_by_batch', 'batch_deposit', 'batch_deposit_later')
    union
    select match_side.match_id
    from match_standing as standing
    inner join match_side on standing.match_id = match_side.match_id and match_side.side = 'batch'
    inner join posting_batches as batch on match_side.fact_id = batch.batch_id
    inner join fresh_payer on upper(batch.payer_name) = fresh_payer.payer_name
    where standing.rule in ('batch_deposit', 'batch_deposit_later')
),

wanted as (
    select match_side.match_id
    from touched
    inner join match_side on touched.side = match_side.side and touched.fact_id = match_side.fact_id
    union
    select near.match_id
    from near
    union
    select newly_named.match_id
    from newly_named
)

select standing.match_id
from match_standing as standing
inner join wanted on standing.match_id = wanted.match_id
where standing.status = 'confirmed' and not standing.is_by_person and standing.known_on <= $as_of
