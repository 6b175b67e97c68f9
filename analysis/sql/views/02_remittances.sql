-- Every remittance: an 835 payment, or one keyed from paper. The same payment in another envelope is marked, not dropped.
--
-- grain:   one row per payment as it came; count money where duplicate_of is null
-- key:     remittance_id
-- params:  none
-- units:   US dollars, but for what names another currency; known_on is the day the remittance was sent, or the first open day when it came after that one was closed
-- note:    a duplicate has the payer, trace, amount, date and payee of an earlier one (for no money: its content too; between
--          paper and 835 the payer's name stands for its ids);
--          handling H, method NON, a debit or no money means that no deposit is to be expected
create or replace view remittances as
with dated as (
    select
        remittance.remittance_id,
        remittance.file_id,
        source_file.file_name,
        source_file.sha256,
        remittance.place,
        remittance.last_place,
        remittance.source,
        remittance.interchange_control_number,
        remittance.interchange_sender_id,
        remittance.transaction_control_number,
        remittance.usage_indicator,
        remittance.version,
        remittance.handling_code,
        remittance.payment_amount,
        remittance.credit_debit_flag,
        coalesce(nullif(upper(trim(remittance.currency)), ''), 'USD') as currency,
        remittance.payment_method,
        remittance.payment_format,
        remittance.payment_date,
        remittance.production_date,
        remittance.trace_number,
        remittance.trace_key,
        remittance.trace_payer_id,
        remittance.trace_supplement,
        remittance.originating_company_id,
        remittance.payee_routing_number,
        remittance.payee_bank_account,
        remittance.payer_name,
        remittance.payer_id,
        remittance.payer_address,
        remittance.payer_city,
        remittance.payer_state,
        remittance.payer_zip,
        remittance.payer_contact_name,
        remittance.payer_contact_number,
        remittance.payee_name,
        remittance.payee_id,
        remittance.payee_tax_id,
        coalesce(remittance.trace_payer_id, remittance.originating_company_id, remittance.payer_id, upper(remittance.payer_name))
            as payer_key,
        greatest(
            coalesce(
                remittance.group_date,
                remittance.interchange_date,
                remittance.production_date,
                remittance.payment_date,
                cast(source_file.loaded_at as date)
            ),
            source_file.known_from
        ) as known_on,
        case
            when remittance.payment_amount <> 0 and remittance.trace_key is not null then ''
            else remittance.content_key
        end as content_key
    from remittance
    inner join source_file on remittance.file_id = source_file.file_id
),

known as (
    select
        dated.remittance_id,
        dated.file_id,
        dated.file_name,
        dated.sha256,
        dated.place,
        dated.last_place,
        dated.source,
        dated.interchange_control_number,
        dated.interchange_sender_id,
        dated.transaction_control_number,
        dated.usage_indicator,
        dated.version,
        dated.handling_code,
        dated.payment_amount,
        dated.credit_debit_flag,
        dated.currency,
        dated.payment_method,
        dated.payment_format,
        dated.payment_date,
        dated.production_date,
        dated.trace_number,
        dated.trace_key,
        dated.trace_payer_id,
        dated.trace_supplement,
        dated.originating_company_id,
        dated.payee_routing_number,
        dated.payee_bank_account,
        dated.payer_name,
        dated.payer_id,
        dated.payer_address,
        dated.payer_city,
        dated.payer_state,
        dated.payer_zip,
        dated.payer_contact_name,
        dated.payer_contact_number,
        dated.payee_name,
        dated.payee_id,
        dated.payee_tax_id,
        dated.payer_key,
        dated.known_on,
        dated.content_key
    from dated
    inner join reporting_day on dated.known_on <= reporting_day.day
),

-- Only payments whose trace and amount come twice can be duplicates: the window looks at these alone.
repeated as (
    select trace_key, payment_amount
    from remittance
    group by trace_key, payment_amount
    having count(*) > 1
),

-- Keyed from paper and sent as an 835: trace, amount, date and the payer's name tell, for paper bears no ids.
on_paper_too as (
    select known.trace_key, known.payment_amount, known.payment_date, upper(known.payer_name) as payer_name
    from known
    inner join repeated on known.trace_key = repeated.trace_key and known.payment_amount = repeated.payment_amount
    where known.payment_amount <> 0
    group by known.trace_key, known.payment_amount, known.payment_date, upper(known.payer_name)
    having count(distinct known.source) > 1
),

ranked as (
    select
        known.remittance_id,
        first_value(known.remittance_id) over (
            partition by
                known.trace_key,
                known.payment_amount,
                known.payment_date,
                known.currency,
                case when on_paper_too.trace_key is null then known.payer_key else on_paper_too.payer_name end,
                case when on_paper_too.trace_key is null then known.payee_id end,
                known.content_key
            order by known.known_on, known.interchange_control_number, known.sha256, known.place
            rows between unbounded preceding and unbounded following
        ) as first_id
    from known
    inner join repeated
        on known.trace_key is not distinct from repeated.trace_key
        and known.payment_amount is not distinct from repeated.payment_amount
    left join on_paper_too
        on known.trace_key = on_paper_too.trace_key
        and known.payment_amount = on_paper_too.payment_amount
        and known.payment_date = on_paper_too.payment_date
        and upper(known.payer_name) = on_paper_too.payer_name
)

select
    known.remittance_id,
    known.file_id,
    known.file_name,
    known.place,
    known.last_place,
    known.source,
    known.known_on,
    known.trace_number,
    known.trace_key,
    known.payer_name,
    known.payer_id,
    known.payer_key,
    known.trace_payer_id,
    known.trace_supplement,
    known.originating_company_id,
    known.handling_code,
    known.payment_method,
    known.payment_format,
    known.payment_date,
    known.production_date,
    known.payment_amount,
    known.credit_debit_flag,
    known.currency,
    known.payee_name,
    known.payee_id,
    known.payee_tax_id,
    known.payee_routing_number,
    known.payee_bank_account,
    known.payer_address,
    known.payer_city,
    known.payer_state,
    known.payer_zip,
    known.payer_contact_name,
    known.payer_contact_number,
    known.interchange_control_number,
    known.interchange_sender_id,
    known.transaction_control_number,
    known.usage_indicator,
    known.version,
    case when ranked.first_id <> known.remittance_id then ranked.first_id end as duplicate_of,
    coalesce(known.payment_amount, 0) <= 0
    or coalesce(known.credit_debit_flag, 'C') = 'D'
    or coalesce(known.handling_code, '') in ('H', 'P')
    or coalesce(known.payment_method, '') = 'NON' as is_without_deposit
from known
left join ranked on known.remittance_id = ranked.remittance_id
