-- What the bank took back, each with the posted line, remittance or deposit that it may undo, and with what may reverse that.
--
-- grain:   one row per returned bank line and payment that it may undo; one row with no payment where none fits
-- key:     bank_transaction_id, candidate_number
-- params:  as_of (date): later facts are not yet known
--          days (integer): how many days before the return the payment may have been posted
-- example: as_of=2026-11-13, days=60
-- units:   US dollars: amount negative as the bank took it, fee_amount negative, posted_amount of the payment positive
-- note:    by_reference: the bank's text names the line's cheque, receipt or trace, and the amount is the same; else only the
--          amount and the bank account agree. The fee is the return fee that stands next after the return in the bank's file.
--          The lists hold the batches that post that money back under the same number, each with the first line of it: where
--          only the amount tied the payment, also on its account and not before the return
with returned as (
    select
        line.bank_transaction_id,
        line.file_id,
        line.place,
        line.last_place,
        line.bank_reference,
        line.bank_account,
        line.posted_date,
        line.company_name,
        line.amount,
        line.told_by_entry_id,
        line.customer_reference,
        ' ' || regexp_replace(
            regexp_replace(upper(coalesce(line.description, '')), '[^A-Z0-9]+', ' ', 'g'), '(^| )0+', '\1', 'g'
        ) || ' ' as words
    from bank_transactions as line
    where line.not_counted is null
        and line.amount < 0
        and line.line_kind in ('return', 'refund_return')
        and line.known_on <= $as_of
),

fees as (
    select
        fee.amount,
        fee.bank_transaction_id,
        max(returned.bank_transaction_id) as returned_id
    from bank_transactions as fee
    inner join returned
        on fee.file_id = returned.file_id
        and fee.bank_account = returned.bank_account
        and fee.posted_date = returned.posted_date
        and fee.place > returned.place
    where fee.not_counted is null and fee.line_kind = 'return_fee' and fee.known_on <= $as_of
    group by fee.amount, fee.bank_transaction_id
),

charged as (
    select returned_id, sum(amount)::decimal(18, 2) as fee_amount, min(bank_transaction_id) as fee_id
    from fees
    group by returned_id
),

named as (
    select returned.bank_transaction_id, trace.trace_key
    from returned
    inner join bank_trace as trace on returned.bank_transaction_id = trace.bank_transaction_id
    union
    select returned.bank_transaction_id, trace.trace_key
    from returned
    inner join bank_trace as trace on returned.told_by_entry_id = trace.bank_transaction_id
    union
    select bank_transaction_id, ltrim(upper(replace(replace(customer_reference, ' ', ''), '-', '')), '0') as trace_key
    from returned
    where customer_reference is not null
),

-- Lines of that amount whose number stands in the bank's text, as a word of three characters at least.
told as (
    select returned.bank_transaction_id, line.posting_line_id
    from named
    inner join returned on named.bank_transaction_id = returned.bank_transaction_id
    inner join posting_lines as line on named.trace_key = line.reference_key and line.amount = -returned.amount
    union
    select returned.bank_transaction_id, line.posting_line_id
    from returned
    inner join posting_lines as line
        on line.amount = -returned.amount
        and length(line.reference_key) >= 3
        and position(' ' || line.reference_key || ' ' in returned.words) > 0
),

-- A line of that amount under a number that the bank names; a remittance of that amount, whole, under its trace.
lines as (
    select
        returned.bank_transaction_id,
        true as by_reference,
        line.batch_id,
        line.posting_line_id,
        line.line_number,
        line.reference_key,
        ltrim(upper(line.account_number), '0') as account_key,
        cast(null as bigint) as remittance_id,
        line.amount as posted_amount
    from returned
    inner join told on returned.bank_transaction_id = told.bank_transaction_id
    inner join posting_lines as line on told.posting_line_id = line.posting_line_id
    where line.known_on <= $as_of and date_diff('day', line.known_on, returned.posted_date) between 0 and $days
),

advice as (
    select
        returned.bank_transaction_id,
        true as by_reference,
        min(line.batch_id) as batch_id,
        cast(null as bigint) as posting_line_id,
        cast(null as integer) as line_number,
        remittance.trace_key as reference_key,
        cast(null as varchar) as account_key,
        remittance.remittance_id,
        remittance.payment_amount as posted_amount
    from returned
    inner join named on returned.bank_transaction_id = named.bank_transaction_id
    inner join remittances as remittance
        on named.trace_key = remittance.trace_key
        and remittance.payment_amount = -returned.amount
        and remittance.duplicate_of is null
    left join posting_lines as line on remittance.trace_key = line.reference_key and line.amount > 0
    group by returned.bank_transaction_id, remittance.trace_key, remittance.remittance_id, remittance.payment_amount
),

by_amount as (
    select
        returned.bank_transaction_id,
        false as by_reference,
        line.batch_id,
        line.posting_line_id,
        line.line_number,
        line.reference_key,
        ltrim(upper(line.account_number), '0') as account_key,
        cast(null as bigint) as remittance_id,
        line.amount as posted_amount
    from returned
    inner join posting_lines as line
        on line.amount = -returned.amount and coalesce(line.bank_account, returned.bank_account) = returned.bank_account
    where line.known_on <= $as_of
        and date_diff('day', line.known_on, returned.posted_date) between 0 and $days
        and returned.bank_transaction_id not in (
            select lines.bank_transaction_id
            from lines
            union all
            select advice.bank_transaction_id
            from advice
        )
),

undone as (
    select
        bank_transaction_id,
        by_reference,
        batch_id,
        posting_line_id,
        line_number,
        reference_key,
        account_key,
        remittance_id,
        posted_amount
    from advice
    union all
    select
        lines.bank_transaction_id,
        lines.by_reference,
        lines.batch_id,
        lines.posting_line_id,
        lines.line_number,
        lines.reference_key,
        lines.account_key,
        lines.remittance_id,
        lines.posted_amount
    from lines
    left join advice on lines.bank_transaction_id = advice.bank_transaction_id
    where advice.bank_transaction_id is null
    union all
    select
        bank_transaction_id,
        by_reference,
        batch_id,
        posting_line_id,
        line_number,
        reference_key,
        account_key,
        remittance_id,
        posted_amount
    from by_amount
),

-- A batch that posts money back under a number: all of it, and account by account.
back as (
    select
        batch_id,
        reference_key,
        known_on,
        cast(null as varchar) as account_key,
        min(posting_line_id) as line_id,
        sum(amount)::decimal(18, 2) as amount
    from posting_lines
    where known_on <= $as_of and transaction_type in ('REVERSAL', 'REFUND', 'PAYMENT') and amount < 0
    group by batch_id, reference_key, known_on
    union all
    select
        batch_id,
        reference_key,
        known_on,
        ltrim(upper(account_number), '0') as account_key,
        min(posting_line_id) as line_id,
        sum(amount)::decimal(18, 2) as amount
    from posting_lines
    where known_on <= $as_of and transaction_type in ('REVERSAL', 'REFUND', 'PAYMENT') and amount < 0
    group by batch_id, reference_key, known_on, ltrim(upper(account_number), '0')
),

reversing as (
    select
        undone.bank_transaction_id,
        undone.batch_id,
        undone.posting_line_id,
        array_agg(back.batch_id order by back.known_on, back.batch_id) as reversal_batch_ids,
        array_agg(back.line_id order by back.known_on, back.batch_id) as reversal_line_ids
    from undone
    inner join returned on undone.bank_transaction_id = returned.bank_transaction_id
    inner join back
        on returned.amount = back.amount
        and undone.batch_id <> back.batch_id
        and undone.reference_key is not distinct from back.reference_key
    where (undone.by_reference and back.account_key is null)
        or (not undone.by_reference and undone.account_key = back.account_key and back.known_on >= returned.posted_date)
    group by undone.bank_transaction_id, undone.batch_id, undone.posting_line_id
)

select
    returned.bank_transaction_id,
    row_number() over (
        partition by returned.bank_transaction_id order by undone.batch_id, undone.posting_line_id
    ) as candidate_number,
    count(*) over (partition by returned.bank_transaction_id) as candidate_count,
    returned.file_id,
    returned.place,
    returned.last_place,
    returned.bank_reference,
    returned.bank_account,
    returned.posted_date,
    returned.company_name,
    returned.amount,
    charged.fee_amount,
    charged.fee_id,
    coalesce(undone.by_reference, false) as by_reference,
    undone.batch_id,
    undone.posting_line_id,
    undone.line_number,
    undone.remittance_id,
    undone.posted_amount,
    reversing.reversal_batch_ids,
    reversing.reversal_line_ids
from returned
left join charged on returned.bank_transaction_id = charged.returned_id
left join undone on returned.bank_transaction_id = undone.bank_transaction_id
left join reversing
    on undone.bank_transaction_id = reversing.bank_transaction_id
    and undone.batch_id = reversing.batch_id
    and undone.posting_line_id is not distinct from reversing.posting_line_id
order by returned.posted_date, returned.bank_transaction_id, candidate_number
