-- Every reversal of a claim (status 22) beside the correction that replaces it and the payment that it takes back.
--
-- grain:   one row per reversal, of remittances that count
-- key:     claim_payment_id
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; net_amount = correction + reversal: what the payer adds to or takes from the claim
-- note:    reversal and correction: the same payer, claim number (CLP01) and charge, the correction in the same remittance or a
--          later one; reversal and original: besides, one of the payer's numbers (CLP07, REF*F8) agrees and original paid =
--          −reversal paid, not later. One to one: each takes its nearest, and only where it is that one's nearest too
with told as materialized (
    select
        claim.claim_payment_id,
        claim.remittance_id,
        claim.place,
        claim.claim_status,
        claim.claim_id,
        ltrim(upper(claim.claim_id), '0') as claim_key,
        claim.charge_amount,
        claim.paid_amount,
        upper(claim.payer_claim_control_number) as payer_number,
        upper(claim.original_claim_control_number) as original_number,
        remittance.payer_key,
        remittance.payer_name,
        remittance.trace_number,
        remittance.known_on
    from claim_payments as claim
    inner join remittances as remittance on claim.remittance_id = remittance.remittance_id
    where remittance.duplicate_of is null and remittance.known_on <= $as_of
),

near as (
    select
        reversal.claim_payment_id,
        other.claim_payment_id as other_id,
        case when reversal.remittance_id = other.remittance_id and other.place > reversal.place then 0 else 1 end as is_apart,
        date_diff('day', reversal.known_on, other.known_on) as days_after,
        abs(other.place - reversal.place) as places_apart,
        coalesce(other.remittance_id = reversal.remittance_id or other.known_on > reversal.known_on, false) as may_correct,
        coalesce(
            other.paid_amount = -reversal.paid_amount
            and other.remittance_id <> reversal.remittance_id
            and other.known_on <= reversal.known_on
            and (
                other.payer_number in (reversal.payer_number, reversal.original_number)
                or other.original_number in (reversal.payer_number, reversal.original_number)
            ),
            false
        ) as may_be_original
    from told as reversal
    inner join told as other
        on reversal.payer_key = other.payer_key
        and reversal.claim_key = other.claim_key
        and reversal.charge_amount = -other.charge_amount
    where reversal.claim_status = '22' and other.claim_status <> '22'
),

corrections as (
    select
        claim_payment_id,
        other_id,
        row_number() over (partition by claim_payment_id order by is_apart, days_after, places_apart, other_id) as of_reversal,
        row_number() over (partition by other_id order by is_apart, days_after, places_apart, claim_payment_id) as of_other
    from near
    where may_correct
),

originals as (
    select
        claim_payment_id,
        other_id,
        row_number() over (partition by claim_payment_id order by days_after desc, other_id desc) as of_reversal,
        row_number() over (partition by other_id order by days_after, claim_payment_id) as of_other
    from near
    where may_be_original
)

select
    reversal.claim_payment_id,
    case
        when corrections.other_id is null then 'reversal_alone'
        when originals.other_id is null then 'original_not_found'
        else 'paired'
    end as status,
    reversal.payer_name,
    reversal.claim_id,
    coalesce(reversal.original_number, reversal.payer_number) as payer_claim_control_number,
    reversal.known_on,
    reversal.trace_number,
    reversal.paid_amount as reversal_amount,
    correction.paid_amount as correction_amount,
    (reversal.paid_amount + coalesce(correction.paid_amount, 0))::decimal(18, 2) as net_amount,
    correction.known_on as corrected_on,
    correction.trace_number as correction_trace,
    original.paid_amount as original_amount,
    original.known_on as original_on,
    original.trace_number as original_trace,
    reversal.remittance_id,
    correction.claim_payment_id as correction_id,
    original.claim_payment_id as original_id
from told as reversal
left join corrections
    on reversal.claim_payment_id = corrections.claim_payment_id
    and corrections.of_reversal = 1
    and corrections.of_other = 1
left join told as correction on corrections.other_id = correction.claim_payment_id
left join originals
    on reversal.claim_payment_id = originals.claim_payment_id
    and originals.of_reversal = 1
    and originals.of_other = 1
left join told as original on originals.other_id = original.claim_payment_id
where reversal.claim_status = '22'
order by reversal.known_on desc, reversal.payer_name, reversal.claim_id, reversal.claim_payment_id
