-- Every deposit slip, made here or named by a file of receipts, with who prepared it and who took it to the bank.
--
-- grain:   one row per slip
-- key:     slip_number
-- params:  none
-- units:   US dollars; status is prepared, deposited, void, or told (by a file, whose slips have no slip_id and no bank account)
create or replace view deposit_slips as
with steps as (
    select
        cast(decision.subject_id as bigint) as slip_id,
        decision.action,
        decision.decided_by,
        decision.decided_at,
        decision.effective_on,
        decision.reason
    from decision
    inner join reporting_day on decision.effective_on <= reporting_day.day
    where decision.subject_type = 'slip'
),

folded as (
    select
        slip_id,
        max(case when action = 'prepare' then decided_by end) as prepared_by,
        max(case when action = 'prepare' then decided_at end) as prepared_at,
        max(case when action = 'deposit' then decided_by end) as deposited_by,
        max(case when action = 'deposit' then decided_at end) as deposited_at,
        max(case when action = 'void' then decided_by end) as voided_by,
        max(case when action = 'void' then reason end) as voided_for
    from steps
    group by slip_id
),

told as (
    select
        receipt.deposit_slip as slip_number,
        max(receipt.received_date) as slip_date,
        coalesce(sum(case when receipt.payment_method = 'CASH' then receipt.amount end), 0)::decimal(18, 2) as cash_amount,
        coalesce(sum(case when receipt.payment_method = 'CASH' then null else receipt.amount end), 0)::decimal(18, 2)
            as check_amount,
        sum(case when receipt.payment_method = 'CASH' then 0 else 1 end)::integer as check_count
    from receipts as receipt
    left join deposit_slip as made on receipt.deposit_slip = made.slip_number
    where receipt.deposit_slip is not null and made.slip_number is null
    group by receipt.deposit_slip
)

select
    slip.slip_id,
    slip.slip_number,
    slip.slip_date,
    slip.bank_account,
    slip.lockbox_number,
    case
        when folded.voided_by is not null then 'void'
        when folded.deposited_by is not null then 'deposited'
        else 'prepared'
    end as status,
    slip.cash_amount,
    slip.check_amount,
    slip.check_count,
    (slip.cash_amount + slip.check_amount)::decimal(18, 2) as total_amount,
    folded.prepared_by,
    folded.prepared_at,
    folded.deposited_by,
    folded.deposited_at,
    folded.voided_by,
    folded.voided_for
from deposit_slip as slip
inner join folded on slip.slip_id = folded.slip_id
union all
select
    cast(null as bigint) as slip_id,
    slip_number,
    slip_date,
    cast(null as varchar) as bank_account,
    cast(null as varchar) as lockbox_number,
    'told' as status,
    cash_amount,
    check_amount,
    check_count,
    (cash_amount + check_amount)::decimal(18, 2) as total_amount,
    cast(null as varchar) as prepared_by,
    cast(null as timestamp) as prepared_at,
    cast(null as varchar) as deposited_by,
    cast(null as timestamp) as deposited_at,
    cast(null as varchar) as voided_by,
    cast(null as varchar) as voided_for
from told
