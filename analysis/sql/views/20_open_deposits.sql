-- Bank credits whose money no confirmed match ties to remittances in full: what the matching rules may still take.
--
-- grain:   one row per bank credit
-- key:     bank_transaction_id
-- params:  none
-- units:   US dollars neither linked to remittances nor sent on to another home; posted_number counts business days
-- note:    a run of the rules copies this view into a table of the same name, and takes rows out of it as rules take them
create or replace view open_deposits as
with linked as (
    select fact_id, sum(linked_amount)::decimal(18, 2) as linked_amount
    from linked_amounts
    where side = 'bank' and other_side = 'remittance'
    group by fact_id
),

posted as (
    select distinct fact_id
    from linked_amounts
    where side = 'bank' and other_side = 'batch'
)

select
    line.bank_transaction_id,
    line.fact_id,
    line.file_id,
    line.known_on,
    (line.amount - coalesce(linked.linked_amount, 0) - coalesce(sent_money.sent_amount, 0))::decimal(18, 2) as open_amount,
    line.amount,
    line.posted_date,
    line.posted_number,
    line.bank_account,
    line.line_kind,
    line.company_key,
    line.company_name,
    line.item_count,
    line.has_trace,
    line.told_by_entry_id,
    posted.fact_id is not null as is_posted
from deposit_keys as line
left join linked on line.fact_id = linked.fact_id
left join posted on line.fact_id = posted.fact_id
left join sent_money on line.fact_id = sent_money.fact_id
where line.amount > coalesce(linked.linked_amount, 0) + coalesce(sent_money.sent_amount, 0)
