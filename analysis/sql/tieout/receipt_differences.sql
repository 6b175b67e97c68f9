-- For batches that name no remittance: receipts taken by hand of which another amount, nothing or too much was posted.
--
-- grain:   one row per batch and receipt
-- key:     batch_id, receipt_id
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars
-- note:    a line posts a receipt where it names its number, or its cheque's number on the same account; a receipt that no
--          line posts belongs to the first batch that posts others of its deposit slip
with named as (
    select distinct fact_id as batch_id
    from tied_pairs
    where side = 'batch' and other_side = 'remittance'
),

taken as (
    select
        receipt_id,
        file_id,
        place,
        amount,
        deposit_slip,
        check_key,
        ltrim(upper(account_number), '0') as account_key,
        upper(receipt_id) as receipt_key
    from receipts
    where received_date <= $as_of
),

posting as (
    select
        line.batch_id,
        line.known_on,
        line.posting_line_id,
        line.line_number,
        line.amount,
        line.reference_key,
        upper(line.reference_number) as reference,
        ltrim(upper(line.account_number), '0') as account_key
    from posting_lines as line
    left join named on line.batch_id = named.batch_id
    where line.known_on <= $as_of and named.batch_id is null
),

found as (
    select posting.posting_line_id, taken.receipt_id
    from posting
    inner join taken on posting.reference = taken.receipt_key
    union
    select posting.posting_line_id, taken.receipt_id
    from posting
    inner join taken on posting.reference_key = taken.check_key and posting.account_key = taken.account_key
),

hits as (
    select
        posting.batch_id,
        posting.known_on,
        posting.posting_line_id,
        posting.line_number,
        posting.amount,
        taken.receipt_id,
        taken.deposit_slip
    from found
    inner join posting on found.posting_line_id = posting.posting_line_id
    inner join taken on found.receipt_id = taken.receipt_id
),

posted as (
    select
        batch_id,
        receipt_id,
        sum(amount)::decimal(18, 2) as posted_amount,
        count(*) as line_count,
        count(distinct amount) as amount_count,
        min(line_number) as first_line,
        max(line_number) as last_line,
        min(posting_line_id) as first_line_id,
        max(posting_line_id) as last_line_id
    from hits
    group by batch_id, receipt_id
),

slips as (
    select
        batch_id,
        deposit_slip,
        row_number() over (partition by deposit_slip order by min(known_on), batch_id) as preference
    from hits
    where deposit_slip is not null
    group by batch_id, deposit_slip
),

left_out as (
    select slips.batch_id, taken.receipt_id
    from taken
    inner join slips on taken.deposit_slip = slips.deposit_slip and slips.preference = 1
    left join posted on taken.receipt_id = posted.receipt_id
    where posted.receipt_id is null
),

known as (
    select
        batch_id,
        receipt_id,
        posted_amount,
        line_count,
        amount_count,
        first_line,
        last_line,
        first_line_id,
        last_line_id
    from posted
    union all
    select
        batch_id,
        receipt_id,
        cast(null as decimal(18, 2)) as posted_amount,
        0 as line_count,
        0 as amount_count,
        cast(null as integer) as first_line,
        cast(null as integer) as last_line,
        cast(null as bigint) as first_line_id,
        cast(null as bigint) as last_line_id
    from left_out
)

select
    known.batch_id,
    known.receipt_id,
    taken.file_id,
    taken.place,
    taken.amount as paid_amount,
    1 as claim_count,
    known.posted_amount,
    known.line_count,
    known.amount_count,
    known.first_line,
    known.last_line,
    known.first_line_id,
    known.last_line_id
from known
inner join taken on known.receipt_id = taken.receipt_id
where taken.amount <> coalesce(known.posted_amount, 0)
order by known.batch_id, known.first_line nulls last, known.receipt_id
