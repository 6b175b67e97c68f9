-- What counts towards the unposted money: bank lines that are payments or their returns, less posted lines by batch and day.
--
-- grain:   one row per bank line that counts, or per batch and day on which lines of it were posted
-- key:     side, fact_id, known_on
-- params:  as_of (date): what became known later does not exist yet; since (date): only what became known from that day on;
--          known_by (date): and up to that day
-- example: as_of=2026-11-13, since=2026-11-02, known_by=2026-11-13
-- units:   US dollars by which it changes the unposted money; term names its place in the roll-forward
select
    'bank' as side,
    cast(line.bank_transaction_id as varchar) as fact_id,
    line.known_on,
    case
        when line.amount < 0 and line.line_kind in ('return', 'refund_return') then 'returned'
        when line.amount > 0 and line.line_kind not in ('interest', 'sweep', 'adjustment') then 'deposited'
        else 'no_payment'
    end as term,
    line.posted_date as item_date,
    coalesce(line.bank_reference, line.customer_reference) as reference,
    line.company_name as payer_name,
    line.line_kind,
    line.bank_account,
    line.amount
from bank_transactions as line
where line.not_counted is null and line.known_on between $since and $known_by and line.known_on <= $as_of
union all
select
    'batch' as side,
    line.batch_id as fact_id,
    line.known_on,
    'posted' as term,
    min(line.deposit_date) as item_date,
    line.batch_id as reference,
    min(line.payer_name) as payer_name,
    min(lower(line.batch_type)) as line_kind,
    min(line.bank_account) as bank_account,
    sum(line.amount)::decimal(18, 2) as amount
from posting_lines as line
where line.known_on between $since and $known_by and line.known_on <= $as_of
group by line.batch_id, line.known_on
order by side, known_on, fact_id
