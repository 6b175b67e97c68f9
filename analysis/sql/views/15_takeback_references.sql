-- The claim or account that the reference of a provider adjustment names, found by containment: a known number stands in it.
--
-- grain:   one row per payer and reference that names a known claim of the payer, and per reference that names a known account
--          (payer_key empty)
-- key:     payer_key, reference_id
-- params:  none
-- units:   none; root_number is the number under which the claim was first paid
-- note:    letters and digits are compared, not blanks, signs and case; a number counts from 8 characters on, or where it is
--          the whole reference; the payer's number (CLP07, REF*F8) goes before ours (CLP01, an account of the extracts), then
--          the longest, then the newest claim. FB names payments, not claims, and is left out
create or replace view takeback_references as
with named as materialized (
    select distinct reference_id, regexp_replace(upper(reference_id), '[^A-Z0-9]', '', 'g') as reference
    from provider_adjustment
    where reference_id is not null and reason_code <> 'FB'
),

-- Looked up by its first 8 characters, a number is found anywhere in a reference without reading every claim against it.
pieces as materialized (
    select
        named.reference_id,
        substr(named.reference, places.place) as rest,
        substr(named.reference, places.place, 8) as piece,
        places.place = 1 as is_whole
    from named
    inner join (select generate_series as place from generate_series(1, 50)) as places
        on places.place <= length(named.reference)
),

told as (
    select claim_payment_id, payer_claim_control_number as number, 1 as preference
    from claim_payment
    union all
    select claim_payment_id, original_claim_control_number as number, 1 as preference
    from claim_payment
    union all
    select claim_payment_id, claim_id as number, 2 as preference
    from claim_payment
    union all
    select distinct cast(null as bigint) as claim_payment_id, accounts.account_number as number, 3 as preference
    from accounts
    inner join reporting_day on accounts.extract_date <= reporting_day.day
),

numbers as (
    select claim_payment_id, number as written, regexp_replace(upper(number), '[^A-Z0-9]', '', 'g') as number, preference
    from told
),

hits as materialized (
    select
        pieces.reference_id,
        numbers.claim_payment_id,
        numbers.written,
        numbers.number,
        numbers.preference
    from numbers
    inner join pieces on substr(numbers.number, 1, 8) = pieces.piece
    where (length(numbers.number) >= 8 and substr(pieces.rest, 1, length(numbers.number)) = numbers.number)
        or (pieces.is_whole and pieces.rest = numbers.number)
),

ranked as (
    select
        coalesce(remittance.payer_key, '') as payer_key,
        hits.reference_id,
        claim.claim_payment_id,
        case when hits.preference = 3 then hits.written else claim.claim_id end as account_number,
        case
            when hits.preference = 1
                then regexp_replace(
                    upper(coalesce(claim.original_claim_control_number, claim.payer_claim_control_number)), '[^A-Z0-9]', '', 'g'
                )
        end as root_number,
        row_number() over (
            partition by coalesce(remittance.payer_key, ''), hits.reference_id
            order by
                hits.preference,
                length(hits.number) desc,
                remittance.known_on desc,
                claim.original_claim_control_number,
                claim.claim_id,
                claim.claim_payment_id
        ) as place
    from hits
    left join claim_payment as claim on hits.claim_payment_id = claim.claim_payment_id
    left join remittances as remittance on claim.remittance_id = remittance.remittance_id
    where hits.preference = 3 or (remittance.remittance_id is not null and remittance.duplicate_of is null)
)

select payer_key, reference_id, claim_payment_id, account_number, root_number
from ranked
where place = 1
