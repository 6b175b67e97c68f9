-- What in the text of an open bank credit, or in the addenda of its ACH entry, may be a remittance's trace.
--
-- grain:   one row per bank credit and candidate
-- key:     bank_transaction_id, trace_key
-- params:  none
-- units:   none; found_in tells how sure it is that this is a trace
-- note:    a word of the text that reads as a date near the deposit (YYMMDD, MMDDYY, YYYYMMDD, MMDDYYYY) is that date
create or replace view open_traces as
with texts as (
    select bank_transaction_id, bank_transaction_id as told_in, posted_date
    from open_deposits
    union all
    select bank_transaction_id, told_by_entry_id as told_in, posted_date
    from open_deposits
    where told_by_entry_id is not null
),

candidates as (
    select
        texts.bank_transaction_id,
        bank_trace.trace_key,
        bank_trace.found_in,
        texts.posted_date,
        case
            when bank_trace.found_in = 'text_token' and length(bank_trace.trace_key) between 5 and 6
                then lpad(bank_trace.trace_key, 6, '0')
        end as six,
        case
            when bank_trace.found_in = 'text_token' and length(bank_trace.trace_key) between 7 and 8
                then lpad(bank_trace.trace_key, 8, '0')
        end as eight
    from bank_trace
    inner join texts on bank_trace.bank_transaction_id = texts.told_in
)

select
    bank_transaction_id,
    trace_key,
    max(found_in) as found_in
from candidates
where coalesce(abs(date_diff('day', cast(try_strptime(six, '%y%m%d') as date), posted_date)) > 31, true)
    and coalesce(abs(date_diff('day', cast(try_strptime(six, '%m%d%y') as date), posted_date)) > 31, true)
    and coalesce(abs(date_diff('day', cast(try_strptime(eight, '%Y%m%d') as date), posted_date)) > 31, true)
    and coalesce(abs(date_diff('day', cast(try_strptime(eight, '%m%d%Y') as date), posted_date)) > 31, true)
group by bank_transaction_id, trace_key
