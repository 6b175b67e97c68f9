-- Facts that came since the last run, or that a decision or a lapsed match has freed.
--
-- grain:   a statement, rows of a working table
-- key:     none
-- params:  last_file_id (integer), last_decision_id (integer), last_as_of (date): what the last run had seen; as_of (date)
-- units:   none
insert into fresh_fact
select 'bank' as side, cast(bank_transaction_id as varchar) as fact_id, posted_date as item_date
from bank_transactions
where (file_id > $last_file_id or known_on > $last_as_of) and known_on <= $as_of
union all
select 'remittance' as side, cast(remittance_id as varchar) as fact_id, coalesce(payment_date, known_on) as item_date
from remittances
where (file_id > $last_file_id or known_on > $last_as_of) and known_on <= $as_of
union all
select 'batch' as side, batch_id as fact_id, deposit_date as item_date
from posting_batches
where (file_id > $last_file_id or known_on > $last_as_of) and known_on <= $as_of
union all
select match_side.side, match_side.fact_id, standing.known_on as item_date
from match_standing as standing
inner join match_side on standing.match_id = match_side.match_id
where standing.status = 'lapsed'
union all
select match_side.side, match_side.fact_id, standing.known_on as item_date
from decision
inner join match_standing as standing on decision.subject_id = cast(standing.match_id as varchar)
inner join match_side on standing.match_id = match_side.match_id
where decision.subject_type = 'match' and decision.decision_id > $last_decision_id
union all
select
    item.item_side as side,
    item.fact_id,
    coalesce(line.posted_date, remittance.payment_date, remittance.known_on) as item_date
from (
    select
        split_part(subject_id, '-', 1) as item_side,
        split_part(subject_id, '-', 2) as fact_id
    from decision
    where subject_type = 'item' and decision_id > $last_decision_id
) as item
left join bank_transactions as line
    on item.item_side = 'bank' and item.fact_id = cast(line.bank_transaction_id as varchar)
left join remittances as remittance
    on item.item_side = 'remittance' and item.fact_id = cast(remittance.remittance_id as varchar)
where item.item_side in ('bank', 'remittance')
