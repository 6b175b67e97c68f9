-- For batches that name no remittance: receipts taken by hand of which another amount, nothing or too much was posted.
--
-- grain:   one row per batch and receipt
-- key:     batch_id, receipt_id
-- params:  as_of (date): facts and links of later days do not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars
-- note:    a line posts a receipt where it names its number, or its cheque's number on the same account; a receipt that no
--          line posts belongs to the first batch that posts others of its deposit slip; the lists hold its lines in their order
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
        array_agg(amount order by posting_line_id) as line_amounts,
        array_agg(line_number order by posting_line_id) as line_numbers,
        array_agg(posting_line_id order by posting_line_id) as posting_line_ids
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
        line_amounts,
        line_numbers,
        posting_line_ids
    from posted
    union all
    select
        batch_id,
        receipt_id,
        cast(null as decimal(18, 2)) as posted_amount,
        0 as line_count,
        cast(null as decimal(18, 2) []) as line_amounts,
        cast(null as integer []) as line_numbers,
        cast(null as bigint []) as posting_line_ids
    from left_out
)

select
    known.batch_id,
    known.receipt_id,
    taken.file_id,
    taken.place,
    taken.amount as paid_amount,
    known.posted_amount,
    known.line_count,
    known.line_amounts,
    known.line_numbers,
    known.posting_line_ids
from known
inner join taken on known.receipt_id = taken.receipt_id
where taken.amount <> coalesce(known.posted_amount, 0)
order by known.batch_id, known.posting_line_ids[1] nulls last, known.receipt_id
