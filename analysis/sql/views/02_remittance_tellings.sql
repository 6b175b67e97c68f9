-- When each remittance is known, and whether it was told before: the same payment in another envelope is marked.
--
-- grain:   one row per remittance known by the day
-- key:     remittance_id
-- params:  none
-- units:   none; known_on is the day the remittance was sent, or the first open day when it came after that one was closed
-- note:    a duplicate has the payer, trace, amount, date and payee of an earlier one (for no money: its content too; between
--          paper and 835 the payer's name stands for its ids)
create or replace view remittance_tellings as
with dated as (
    select
        remittance.remittance_id,
        greatest(
            coalesce(
                remittance.group_date,
                remittance.interchange_date,
                remittance.production_date,
                remittance.payment_date,
                cast(source_file.loaded_at as date)
            ),
            source_file.known_from
        ) as known_on
    from remittance
    inner join source_file on remittance.file_id = source_file.file_id
),

known as (
    select dated.remittance_id, dated.known_on
    from dated
    inner join reporting_day on dated.known_on <= reporting_day.day
),

-- Only payments whose trace and amount come twice can be duplicates: the windows look at these alone.
repeated as (
    select trace_key, payment_amount
    from remittance
    group by trace_key, payment_amount
    having count(*) > 1
),

suspected as (
    select
        remittance.remittance_id,
        remittance.source,
        remittance.place,
        remittance.interchange_control_number,
        remittance.trace_key,
        remittance.payment_amount,
        remittance.payment_date,
        remittance.payee_id,
        source_file.sha256,
        known.known_on,
        coalesce(nullif(upper(trim(remittance.currency)), ''), 'USD') as currency,
        upper(remittance.payer_name) as payer_name,
        coalesce(remittance.trace_payer_id, remittance.originating_company_id, remittance.payer_id, upper(remittance.payer_name))
            as payer_key,
        case
            when remittance.payment_amount <> 0 and remittance.trace_key is not null then ''
            else remittance.content_key
        end as content_key
    from remittance
    inner join repeated
        on remittance.trace_key is not distinct from repeated.trace_key
        and remittance.payment_amount is not distinct from repeated.payment_amount
    inner join known on remittance.remittance_id = known.remittance_id
    inner join source_file on remittance.file_id = source_file.file_id
),

-- Keyed from paper and sent as an 835: trace, amount, date and the payer's name tell, for paper bears no ids.
on_paper_too as (
    select trace_key, payment_amount, payment_date, payer_name
    from suspected
    where payment_amount <> 0
    group by trace_key, payment_amount, payment_date, payer_name
    having count(distinct source) > 1
),

ranked as (
    select
        suspected.remittance_id,
        first_value(suspected.remittance_id) over (
            partition by
                suspected.trace_key,
                suspected.payment_amount,
                suspected.payment_date,
                suspected.currency,
                case when on_paper_too.trace_key is null then suspected.payer_key else on_paper_too.payer_name end,
                case when on_paper_too.trace_key is null then suspected.payee_id end,
                suspected.content_key
            order by suspected.known_on, suspected.interchange_control_number, suspected.sha256, suspected.place
            rows between unbounded preceding and unbounded following
        ) as first_id
    from suspected
    left join on_paper_too
        on suspected.trace_key = on_paper_too.trace_key
        and suspected.payment_amount = on_paper_too.payment_amount
        and suspected.payment_date = on_paper_too.payment_date
        and suspected.payer_name = on_paper_too.payer_name
)

select
    known.remittance_id,
    known.known_on,
    case when ranked.first_id <> known.remittance_id then ranked.first_id end as duplicate_of
from known
left join ranked on known.remittance_id = ranked.remittance_id
