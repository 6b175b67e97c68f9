-- Of the facts that people decided about, those that do not count any more, and the fact that tells the same anew, if any.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  none
-- units:   none
-- note:    a bank line is told anew by one that counts with its account, date, amount and references, as often, where neither
--          the senders nor the whole TRN segments of the two contradict, or by the line that it was the ACH entry of; a remittance
--          by the one it is a duplicate of
insert into told_anew
with asked as (
    select cast(fact_id as bigint) as bank_transaction_id
    from decided_fact
    where side = 'bank'
),

gone as (
    select
        line.bank_transaction_id,
        line.bank_account,
        line.posted_date,
        line.amount,
        line.not_counted
    from asked
    inner join bank_transactions as line on asked.bank_transaction_id = line.bank_transaction_id
    where line.not_counted is not null
),

alike as (
    select
        line.bank_transaction_id,
        line.bank_account,
        line.posted_date,
        line.amount,
        line.bank_reference,
        line.customer_reference,
        line.company_id,
        line.company_name,
        case when line.bank_reference is null and line.customer_reference is null then line.description end as only_text,
        line.told_by_entry_id,
        line.not_counted is null as is_counted,
        row_number() over (
            partition by
                case when line.not_counted is not null then line.file_id end,
                line.bank_account,
                line.posted_date,
                line.amount,
                line.bank_reference,
                line.customer_reference,
                case when line.bank_reference is null and line.customer_reference is null then line.description end,
                line.not_counted is null
            order by line.description, line.place
        ) as occurrence
    from bank_transactions as line
    where line.amount in (select gone.amount from gone)
),

segments as (
    select distinct bank_trace.bank_transaction_id, bank_trace.trace_key
    from bank_trace
    inner join alike on bank_trace.bank_transaction_id = alike.bank_transaction_id
    where bank_trace.found_in in ('trn_segment', 'trn_segment_unspaced')
),

paired as (
    select one.bank_transaction_id, other.bank_transaction_id as anew_id
    from gone
    inner join alike as one on gone.bank_transaction_id = one.bank_transaction_id
    inner join alike as other
        on other.is_counted
        and one.bank_account = other.bank_account
        and one.posted_date = other.posted_date
        and one.amount = other.amount
        and one.bank_reference is not distinct from other.bank_reference
        and one.customer_reference is not distinct from other.customer_reference
        and one.only_text is not distinct from other.only_text
        and one.occurrence = other.occurrence
    where coalesce(one.company_id, other.company_id, '') = coalesce(other.company_id, one.company_id, '')
        and upper(coalesce(one.company_name, other.company_name, ''))
        = upper(coalesce(other.company_name, one.company_name, ''))
    union
    select gone.bank_transaction_id, other.bank_transaction_id as anew_id
    from gone
    inner join alike as other on gone.bank_transaction_id = other.told_by_entry_id and other.is_counted
),

contradicted as (
    select paired.bank_transaction_id, paired.anew_id
    from paired
    inner join segments as own on paired.bank_transaction_id = own.bank_transaction_id
    inner join segments as other on paired.anew_id = other.bank_transaction_id
    group by paired.bank_transaction_id, paired.anew_id
    having count(case when own.trace_key = other.trace_key then 1 end) = 0
),

fitting as (
    select paired.bank_transaction_id, min(paired.anew_id) as anew_id
    from paired
    left join contradicted
        on paired.bank_transaction_id = contradicted.bank_transaction_id and paired.anew_id = contradicted.anew_id
    where contradicted.anew_id is null
    group by paired.bank_transaction_id
)

select
    'bank' as side,
    cast(gone.bank_transaction_id as varchar) as fact_id,
    gone.not_counted as reason,
    cast(fitting.anew_id as varchar) as anew_fact_id
from gone
left join fitting on gone.bank_transaction_id = fitting.bank_transaction_id
union all
select
    'remittance' as side,
    decided_fact.fact_id,
    'the same remittance came in another envelope' as reason,
    cast(remittance.duplicate_of as varchar) as anew_fact_id
from decided_fact
inner join remittances as remittance
    on decided_fact.side = 'remittance' and cast(decided_fact.fact_id as bigint) = remittance.remittance_id
where remittance.duplicate_of is not null
