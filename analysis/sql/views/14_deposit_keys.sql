-- Every bank credit that may bring a payment, with what it can be matched by.
--
-- grain:   one row per bank credit that counts
-- key:     bank_transaction_id
-- params:  none
-- units:   US dollars; posted_number counts business days
-- note:    company_key is the sender's id without the 1 that stands before a tax number; has_trace: the bank's text, or
--          the addenda of the ACH entry that tells the same money, holds a whole TRN segment; item_count: of how many cheques the bank says it is
create or replace view deposit_keys as
with traced as (
    select distinct bank_transaction_id
    from bank_trace
    where found_in in ('trn_segment', 'trn_segment_unspaced')
)

select
    line.bank_transaction_id,
    cast(line.bank_transaction_id as varchar) as fact_id,
    line.file_id,
    line.known_on,
    line.amount,
    line.posted_date,
    bank_day.business_number as posted_number,
    line.bank_account,
    line.line_kind,
    line.bank_reference,
    case
        when length(line.company_id) = 10 and left(line.company_id, 1) = '1' then substring(line.company_id, 2)
        else upper(line.company_id)
    end as company_key,
    line.company_name,
    line.item_count,
    line.told_by_entry_id,
    coalesce(traced.bank_transaction_id, told.bank_transaction_id) is not null as has_trace
from bank_transactions as line
inner join bank_day on line.posted_date = bank_day.calendar_day
left join traced on line.bank_transaction_id = traced.bank_transaction_id
left join traced as told on line.told_by_entry_id = told.bank_transaction_id
where line.not_counted is null
    and line.amount > 0
    and line.line_kind not in ('interest', 'sweep', 'adjustment', 'refund_return')
