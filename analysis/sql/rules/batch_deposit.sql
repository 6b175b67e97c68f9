-- Posting batches and bank credits of their account with their control total, on the deposit day or within some days after.
--
-- grain:   one row per batch and bank credit
-- key:     left_fact_id, right_fact_id
-- params:  days_after (integer): calendar days, 0 for the deposit day itself; payer_must_agree (boolean): not where the
--          bank names a sender that nothing ties to the payer whom the batch names
-- example: days_after=0, payer_must_agree=true
-- units:   US dollars
-- note:    only batches none of whose remittances has a deposit, and deposits of a kind that such batches are made of. Where
--          both name traces, one must be the same
with banked as (
    select distinct batch_advice.batch_id
    from batch_advice
    inner join banked_remittances on batch_advice.remittance_id = banked_remittances.remittance_id
),

met as (
    select
        batch.batch_id,
        batch.control_total,
        deposit.fact_id,
        deposit.bank_transaction_id,
        deposit.open_amount,
        greatest(batch.known_on, deposit.known_on) as known_on,
        date_diff('day', batch.deposit_date, deposit.posted_date) as days_later,
        deposit.has_trace,
        deposit.company_key,
        upper(deposit.company_name) as sender_name,
        upper(batch.payer_name) as payer_name
    from open_batches as batch
    left join banked on batch.batch_id = banked.batch_id
    inner join open_deposits as deposit
        on batch.control_total = deposit.open_amount
        and date_diff('day', batch.deposit_date, deposit.posted_date) between 0 and $days_after
        and coalesce(batch.bank_account, deposit.bank_account) = deposit.bank_account
    where banked.batch_id is null
        and batch.control_total > 0
        and not deposit.is_posted
        and case deposit.line_kind
            when 'card' then batch.batch_type in ('CARD', 'PATIENT', 'MANUAL')
            when 'cash_deposit' then batch.batch_type in ('PATIENT', 'MANUAL')
            when 'lockbox' then batch.batch_type <> 'CARD'
            when 'cheque_deposit' then batch.batch_type <> 'CARD'
            when 'ach' then batch.batch_type not in ('CARD', 'LOCKBOX')
            when 'wire' then batch.batch_type not in ('CARD', 'LOCKBOX')
            else true
        end
),

referred as (
    select distinct met.batch_id, line.reference_key
    from met
    inner join posting_lines as line on met.batch_id = line.batch_id
    where met.has_trace and line.reference_key is not null
),

shared as (
    select distinct met.batch_id, met.bank_transaction_id
    from met
    inner join open_traces as trace on met.bank_transaction_id = trace.bank_transaction_id
    inner join referred on met.batch_id = referred.batch_id and trace.trace_key = referred.reference_key
),

payers as (
    -- a sender's id that is known says who it is; its name, cut short, is asked only where it is not
    select distinct met.batch_id, met.bank_transaction_id
    from met
    inner join offer_keys
        on met.company_key = offer_keys.company_key
        and (
            starts_with(met.payer_name, upper(offer_keys.payer_name))
            or starts_with(upper(offer_keys.payer_name), met.payer_name)
        )
),

judged as (
    select
        met.batch_id,
        met.control_total,
        met.fact_id,
        met.open_amount,
        met.known_on,
        met.days_later,
        shared.batch_id is not null as is_trace_shared,
        payers.batch_id is not null
        or (
            (met.company_key is null or met.company_key not in (select offer_keys.company_key from offer_keys))
            and coalesce(starts_with(met.payer_name, met.sender_name) or starts_with(met.sender_name, met.payer_name), false)
        ) as is_payer_same,
        (met.company_key is null and met.sender_name is null) or met.payer_name is null as is_nothing_to_compare,
        not met.has_trace or met.batch_id not in (select referred.batch_id from referred) as is_trace_untold
    from met
    left join shared on met.batch_id = shared.batch_id and met.bank_transaction_id = shared.bank_transaction_id
    left join payers on met.batch_id = payers.batch_id and met.bank_transaction_id = payers.bank_transaction_id
)

select
    batch_id as left_fact_id,
    control_total as left_amount,
    fact_id as right_fact_id,
    open_amount as right_amount,
    known_on,
    'bank account and control total agree, deposited '
    || case days_later
        when 0 then 'the same day'
        when 1 then 'a day after'
        else cast(days_later as varchar) || ' days after'
    end
    || case when is_payer_same or is_trace_shared or is_nothing_to_compare then '' else '; the bank names another sender' end as explanation,
    'bank account; amount'
    || case when days_later = 0 then '; date' else '' end
    || case when is_payer_same then '; payer' else '' end
    || case when is_trace_shared then '; trace' else '' end as agrees,
    nullif(
        concat_ws(
            '; ',
            case when days_later > 0 then 'date' end,
            case when not (is_payer_same or is_trace_shared or is_nothing_to_compare) then 'payer' end
        ),
        ''
    ) as differs
from judged
where is_trace_shared or (is_trace_untold and (not $payer_must_agree or is_payer_same or is_nothing_to_compare))
