-- What came twice from each source: remittances sent again, bank lines that two files tell, batches told anew.
--
-- grain:   one row per source with anything told twice
-- key:     source_type, source_id
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars told again, counted once in every total; none of what names another currency
select
    'payer' as source_type,
    payer_key as source_id,
    count(*) as item_count,
    coalesce(sum(case when currency = 'USD' then payment_amount end), 0)::decimal(18, 2) as amount
from remittances
where duplicate_of is not null and payer_key is not null and known_on <= $as_of
group by payer_key
union all
select
    'bank_account' as source_type,
    bank_account as source_id,
    count(*) as item_count,
    sum(amount)::decimal(18, 2) as amount
from bank_transactions
where not_counted = 'overlap with another file' and known_on <= $as_of
group by bank_account
union all
select
    'posting_batches' as source_type,
    'posting_batches' as source_id,
    count(distinct line.batch_id) as item_count,
    sum(line.amount)::decimal(18, 2) as amount
from posting_line as line
inner join posting_batches as batch on line.batch_id = batch.batch_id and line.file_id <> batch.file_id
inner join source_file on line.file_id = source_file.file_id
where greatest(coalesce(line.posting_date, line.deposit_date), source_file.known_from) <= $as_of
having count(*) > 0
order by source_type, source_id
