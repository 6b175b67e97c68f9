-- Every line keyed from the ten-key pad, in its newest version; void ones say so.
--
-- grain:   one row per line of a keyed batch
-- key:     keyed_batch_id, line_number
-- params:  none
-- units:   US dollars; keyed_at in UTC; claim_total is what its paper remittance adds up to, null where none is keyed
-- note:    receipt_id names the receipt that the line becomes when its batch is closed
create or replace view keyed_lines as
with ranked as (
    select
        keyed_batch_id,
        line_number,
        max(version) as version
    from keyed_line
    group by keyed_batch_id, line_number
),

claims as (
    select
        keyed_batch_id,
        line_number,
        sum(paid_amount)::decimal(18, 2) as claim_total,
        count(*) as claim_count
    from keyed_claims
    where not is_void
    group by keyed_batch_id, line_number
)

select
    line.keyed_batch_id,
    line.line_number,
    line.version,
    'K' || lpad(cast(line.keyed_batch_id as varchar), 6, '0') || '-' || lpad(cast(line.line_number as varchar), 4, '0')
        as receipt_id,
    line.payment_method,
    line.amount,
    line.payer_name,
    line.account_number,
    line.routing_number,
    line.check_account,
    line.check_number,
    line.check_date,
    line.micr_line,
    line.written_amount,
    line.payee_name,
    line.memo,
    line.is_void,
    claims.claim_total,
    coalesce(claims.claim_count, 0) as claim_count,
    line.keyed_by,
    line.keyed_at
from keyed_line as line
inner join ranked
    on line.keyed_batch_id = ranked.keyed_batch_id
    and line.line_number = ranked.line_number
    and line.version = ranked.version
left join claims on line.keyed_batch_id = claims.keyed_batch_id and line.line_number = claims.line_number
