-- The bank's credits that may be a deposit slip's money: of its account, from its day to the last expected one.
--
-- grain:   one row per slip and bank line
-- key:     slip_number, bank_transaction_id
-- params:  as_of (date): lines of later days are not known yet; bank_days (integer): business days until the bank shows it
-- example: as_of=2026-11-13, bank_days=3
-- units:   US dollars
-- note:    receipt_id is the cheque of the slip whose number the line names as its reference or among its traces; names_slip:
--          it names the slip's own number; a slip that a file names has no account and may be in any
with numbered as (
    select
        line.bank_transaction_id,
        line.bank_account,
        line.posted_date,
        line.amount,
        coalesce(line.bank_reference, line.customer_reference) as bank_reference,
        posted.business_number
    from bank_transactions as line
    inner join bank_day as posted on line.posted_date = posted.calendar_day
    where line.not_counted is null
        and line.amount > 0
        and line.posted_date <= $as_of
        and line.line_kind not in ('ach', 'card', 'wire', 'sweep', 'interest')
),

keys as (
    select bank_transaction_id, trace_key as number
    from bank_trace
    union
    select bank_transaction_id, ltrim(replace(replace(upper(bank_reference), ' ', ''), '-', ''), '0') as number
    from bank_transactions
    union
    select bank_transaction_id, ltrim(replace(replace(upper(customer_reference), ' ', ''), '-', ''), '0') as number
    from bank_transactions
),

near as (
    select slip.slip_number, line.bank_transaction_id
    from deposit_slips as slip
    inner join bank_day as made on slip.slip_date = made.calendar_day
    inner join numbered as line
        on (slip.bank_account is null or slip.bank_account = line.bank_account)
        and line.posted_date >= slip.slip_date
        and line.business_number <= made.business_number + $bank_days
    where slip.status <> 'void'
),

cheques as (
    select deposit_slip as slip_number, receipt_id, check_key
    from receipts
    where check_key is not null and deposit_slip is not null
),

naming as (
    select
        near.slip_number,
        near.bank_transaction_id,
        max(case when keys.number = ltrim(replace(upper(near.slip_number), '-', ''), '0') then 1 else 0 end) as names_slip,
        min(cheques.receipt_id) as receipt_id
    from near
    left join keys on near.bank_transaction_id = keys.bank_transaction_id
    left join cheques on near.slip_number = cheques.slip_number and keys.number = cheques.check_key
    group by near.slip_number, near.bank_transaction_id
)

select
    naming.slip_number,
    naming.bank_transaction_id,
    line.posted_date,
    line.amount,
    line.bank_reference,
    naming.names_slip = 1 as names_slip,
    naming.receipt_id
from naming
inner join numbered as line on naming.bank_transaction_id = line.bank_transaction_id
order by naming.slip_number, line.posted_date, naming.bank_transaction_id
