-- Every batch keyed by hand, with what its lines add up to and how it stands.
--
-- grain:   one row per keyed batch
-- key:     keyed_batch_id
-- params:  none
-- units:   US dollars; times in UTC; difference_amount is control total less lines; status is open, closed or discarded
-- note:    void lines count nowhere; batch_id is the posting batch that it becomes when it is closed
create or replace view keyed_batches as
with ranked as (
    select
        keyed_batch_id,
        max(version) as version
    from keyed_batch
    group by keyed_batch_id
),

summed as (
    select
        keyed_batch_id,
        sum(amount)::decimal(18, 2) as line_total,
        count(*) as line_count
    from keyed_lines
    where not is_void
    group by keyed_batch_id
)

select
    batch.keyed_batch_id,
    batch.version,
    'K' || lpad(cast(batch.keyed_batch_id as varchar), 6, '0') as batch_id,
    coalesce(ended.ended_as, 'open') as status,
    batch.batch_type,
    batch.received_date,
    batch.deposit_date,
    batch.bank_account,
    batch.payer_name,
    batch.control_total,
    batch.control_count,
    coalesce(summed.line_total, 0)::decimal(18, 2) as line_total,
    coalesce(summed.line_count, 0) as line_count,
    (batch.control_total - coalesce(summed.line_total, 0))::decimal(18, 2) as difference_amount,
    batch.keyed_by,
    batch.keyed_at,
    decision.decided_by as ended_by,
    decision.decided_at as ended_at
from keyed_batch as batch
inner join ranked on batch.keyed_batch_id = ranked.keyed_batch_id and batch.version = ranked.version
left join summed on batch.keyed_batch_id = summed.keyed_batch_id
left join keyed_end as ended on batch.keyed_batch_id = ended.keyed_batch_id
left join decision on ended.decision_id = decision.decision_id
