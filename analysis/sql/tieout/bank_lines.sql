-- Every bank line known on a day, with what accounts for it.
--
-- grain:   one row per bank line as it came
-- key:     bank_transaction_id
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars, money in positive
with linked as (
    select
        fact_id,
        max(case when other_side = 'remittance' then 1 else 0 end) as to_remittance,
        max(case when other_side = 'batch' then 1 else 0 end) as to_batch
    from linked_pairs
    where side = 'bank' and known_on <= $as_of
    group by fact_id
)

select
    line.bank_transaction_id,
    line.posted_date,
    line.bank_account,
    line.amount,
    line.line_kind,
    line.type_code,
    line.company_name as payer_name,
    line.bank_reference,
    line.customer_reference,
    line.description,
    case
        when line.not_counted is not null then line.not_counted
        when line.line_kind in ('interest', 'sweep', 'adjustment') then 'no partner wanted'
        when linked.to_remittance = 1 then 'matched to a remittance'
        when linked.to_batch = 1 then 'matched to a batch'
        when line.amount > 0 then 'open'
        else 'money out'
    end as standing,
    line.not_counted is null as is_counted,
    line.file_name as file,
    line.file_id,
    line.place,
    line.last_place
from bank_transactions as line
left join linked on cast(line.bank_transaction_id as varchar) = linked.fact_id
where line.known_on <= $as_of
order by line.posted_date desc, line.bank_account, line.bank_transaction_id
