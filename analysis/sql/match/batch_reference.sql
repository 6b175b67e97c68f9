-- Posting batches and the remittances that their lines name by trace or cheque number.
--
-- grain:   one row per side of a match
-- key:     group_number, side
-- params:  as_of (date): later facts are not yet known
-- example: as_of=2026-11-13
-- units:   US dollars: on the batch's side what was posted under the trace, on the remittance's side its payment
-- rule:    confirmed; a trace that two remittances share is taken for the one whose payment equals what was posted,
--          else for none. The amounts may differ: that is a variance, not a missing match
with posted as (
    select
        line.batch_id,
        line.reference_key,
        sum(line.amount)::decimal(18, 2) as amount
    from posting_lines as line
    where line.reference_key is not null and line.known_on <= $as_of
    group by line.batch_id, line.reference_key
),

pairs as (
    select
        posted.batch_id,
        posted.amount as posted_amount,
        remittance.remittance_id,
        remittance.trace_number,
        remittance.payment_amount,
        count(*) over (partition by posted.batch_id, posted.reference_key) as remittances_found,
        sum(case when remittance.payment_amount = posted.amount then 1 else 0 end)
            over (partition by posted.batch_id, posted.reference_key) as equal_found
    from posted
    inner join remittances as remittance on posted.reference_key = remittance.trace_key
    where remittance.duplicate_of is null
        and remittance.known_on <= $as_of
        and not exists (
            select 1
            from match_links as own
            inner join match_links as other on own.match_id = other.match_id
            where own.side = 'batch'
                and own.fact_id = posted.batch_id
                and other.side = 'remittance'
                and other.fact_id = cast(remittance.remittance_id as varchar)
        )
),

taken as (
    select
        batch_id,
        remittance_id,
        trace_number,
        posted_amount,
        payment_amount,
        row_number() over (order by remittance_id, batch_id) as group_number
    from pairs
    where remittances_found = 1 or (equal_found = 1 and payment_amount = posted_amount)
)

select
    group_number,
    'batch' as side,
    batch_id as fact_id,
    posted_amount as amount,
    'the batch names trace ' || trace_number as explanation
from taken
union all
select
    group_number,
    'remittance' as side,
    cast(remittance_id as varchar) as fact_id,
    payment_amount as amount,
    'the batch names trace ' || trace_number as explanation
from taken
order by group_number, side
