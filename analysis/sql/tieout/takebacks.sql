-- Every amount that payers take back, owe or forward, by payer, code and reference until it nets to 0.
--
-- grain:   one row per payer, code and reference
-- key:     takeback_id
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; net_open = −Σ amounts as the payer wrote them: positive is still owed to the payer, negative was taken or
--          withheld beyond what was opened; age in calendar days from the first entry to the day asked about, or to the last
--          entry where it has netted to 0
with known as (
    select
        takeback_id,
        payer_name,
        code,
        reference,
        carry,
        trace_number,
        known_on,
        amount,
        claim_payment_id,
        account_number,
        remittance_id,
        is_refund,
        entry_number,
        min(case when amount < 0 or is_refund then entry_number end) over (partition by takeback_id) as opening_number
    from takeback_entries
    where known_on <= $as_of
),

grouped as (
    select
        takeback_id,
        max(case when entry_number = 1 then payer_name end) as payer_name,
        max(code) as code,
        max(case when entry_number = 1 then reference end) as reference,
        max(carry) as carry,
        min(known_on) as opened_on,
        max(case when entry_number = opening_number then trace_number end) as opened_by,
        max(known_on) as last_on,
        count(*) as entry_count,
        sum(case when amount < 0 then -amount else 0 end)::decimal(18, 2) as opened_amount,
        sum(case when amount > 0 then amount else 0 end)::decimal(18, 2) as taken_amount,
        sum(case when amount > 0 and is_refund then amount else 0 end)::decimal(18, 2) as refunded_amount,
        sum(case when amount < 0 and is_refund then -amount else 0 end)::decimal(18, 2) as acknowledged_amount,
        max(case when entry_number = 1 then remittance_id end) as remittance_id,
        max(claim_payment_id) as claim_payment_id,
        max(account_number) as account_number
    from known
    group by takeback_id
),

weighed as (
    select
        takeback_id,
        payer_name,
        code,
        reference,
        carry,
        opened_on,
        opened_by,
        last_on,
        entry_count,
        opened_amount,
        taken_amount,
        acknowledged_amount,
        remittance_id,
        claim_payment_id,
        account_number,
        (opened_amount - taken_amount)::decimal(18, 2) as net_open,
        greatest(opened_amount - refunded_amount, 0) - (taken_amount - refunded_amount) as owed_amount
    from grouped
),

judged as (
    select
        takeback_id,
        payer_name,
        code,
        reference,
        opened_on,
        opened_by,
        last_on,
        entry_count,
        opened_amount,
        taken_amount,
        net_open,
        remittance_id,
        claim_payment_id,
        account_number,
        date_diff('day', opened_on, $as_of) as since_opened_days,
        case
            when carry = 'told' then 'told_only'
            when net_open = 0 then 'settled'
            when carry = 'refund' and acknowledged_amount = net_open then 'paired_refund'
            when carry = 'refund' then 'refund_alone'
            when owed_amount = 0 then 'paired_refund'
            when carry = 'other_provider' and owed_amount < 0 then 'taken_for_other_provider'
            when owed_amount < 0 and opened_amount = 0 then 'taken_without_opening'
            when owed_amount < 0 then 'taken_beyond_opening'
            when code = 'FB' and date_diff('day', opened_on, $as_of) >= takeback_days.forward_balance_days
                then 'forward_balance_late'
            else 'open'
        end as status
    from weighed
    cross join takeback_days
)

select
    takeback_id,
    payer_name,
    code,
    reference,
    status,
    opened_on,
    opened_by,
    last_on,
    entry_count,
    opened_amount as amount_opened,
    taken_amount as amount_taken,
    net_open,
    case
        when status in ('settled', 'paired_refund') then date_diff('day', opened_on, last_on)
        else since_opened_days
    end as age_days,
    account_number,
    case status
        when 'told_only' then 'nothing: it needs no netting; post it to its general ledger account'
        when 'settled' then 'nothing: it nets to 0'
        when 'paired_refund' then 'nothing: the payer has our refund and takes nothing'
        when 'refund_alone' then 'ask the payer: a refund acknowledged (72) without its WO'
        when 'taken_for_other_provider' then 'find whose debt it was, and claim it back from them'
        when 'taken_without_opening' then 'find the letter or the corrected claim behind it, else dispute it with the payer'
        when 'taken_beyond_opening' then 'dispute with the payer what it took beyond what it had opened'
        when 'forward_balance_late' then 'ask the payer when it will be taken, or refund it'
        else 'hold the amount as owed: the payer will take it from a later payment'
    end as next_step,
    remittance_id,
    claim_payment_id
from judged
order by case when status in ('settled', 'paired_refund', 'told_only') then 1 else 0 end, abs(net_open) desc, takeback_id
