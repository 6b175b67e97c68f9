-- The instructions that went to the billing system up to a day, and what extracts have shown of each since.
--
-- grain:   one row per instruction of a list
-- key:     instruction_id
-- params:  as_of (date): later lists and extracts do not exist yet
--          list_id (integer): only this list's; null for all
-- example: list_id = null
-- units:   US dollars, credits positive; extract_count: extracts of the account since it was sent; status is sent, done (an
--          extract shows the credit gone, or smaller by the amount) or still_shown (there are extracts, and it is not done)
with sent as (
    select
        instruction.instruction_id,
        instruction.list_id,
        instruction.account_number,
        instruction.credit_date,
        instruction.kind,
        instruction.amount,
        instruction.credit_balance,
        instruction.to_account,
        instruction.transaction_id,
        instruction.transaction_date,
        instruction.payer_name,
        instruction.reference,
        instruction.instruction,
        instruction.facility,
        decision.decided_by as sent_by,
        decision.effective_on as sent_on
    from billing_instruction as instruction
    inner join billing_list on instruction.list_id = billing_list.list_id
    inner join decision on billing_list.decision_id = decision.decision_id
    where decision.effective_on <= $as_of and ($list_id is null or instruction.list_id = $list_id)
),

shown as (
    select
        sent.instruction_id,
        count(*) as extract_count,
        min(
            case when greatest(-account.balance, 0) <= sent.credit_balance - sent.amount then account.extract_date end
        ) as done_on
    from sent
    inner join accounts as account
        on sent.account_number = account.account_number
        and sent.sent_on < account.extract_date
    where account.extract_date <= $as_of
    group by sent.instruction_id
)

select
    sent.instruction_id,
    sent.list_id,
    case
        when shown.done_on is not null or credit.account_number is null then 'done'
        when shown.extract_count > 0 then 'still_shown'
        else 'sent'
    end as status,
    sent.account_number,
    sent.credit_date,
    sent.kind,
    sent.amount,
    sent.credit_balance,
    sent.to_account,
    sent.transaction_id,
    sent.transaction_date,
    sent.payer_name,
    sent.reference,
    sent.instruction,
    sent.facility,
    sent.sent_by,
    sent.sent_on,
    coalesce(shown.extract_count, 0) as extract_count,
    shown.done_on,
    coalesce(-credit.balance, 0)::decimal(18, 2) as credit_now_amount
from sent
left join shown on sent.instruction_id = shown.instruction_id
left join credit_accounts as credit on sent.account_number = credit.account_number
order by sent.instruction_id
