-- Every provider adjustment that counts, as an entry of the ledger of its payer, code and reference.
--
-- grain:   one row per reason and amount of a PLB, of remittances that count
-- key:     file_id, place, position
-- params:  none
-- units:   US dollars; amount as the payer wrote it: positive reduces the payment; opened, taken and refunded add up to and
--          with the entry: opened what the payer added (negative amounts), taken what it took (positive ones), refunded what of
--          that it took to stand against a refund of ours that it acknowledges (72); owed is what is left of what was opened, negative where
--          the payer took more
-- note:    entries stand in the order in which they became known, on a day what opens before what takes; carry is how the code
--          is kept: carried until it nets to 0, refund (72), other_provider (OB), or told only; a code that is not known is
--          carried. The numbers of one claim, in whichever reference, are one ledger
create or replace view takeback_entries as
with entered as (
    select
        adjustment.file_id,
        adjustment.place,
        adjustment.position,
        adjustment.remittance_id,
        remittance.payer_key,
        remittance.payer_name,
        upper(trim(coalesce(adjustment.reason_code, ''))) as code,
        trim(adjustment.reference_id) as reference,
        coalesce(
            case when adjustment.reason_code = 'FB' then null else named.root_number end,
            nullif(regexp_replace(upper(coalesce(adjustment.reference_id, '')), '[^A-Z0-9]', '', 'g'), ''),
            upper(trim(coalesce(adjustment.reference_id, '')))
        ) as reference_key,
        remittance.trace_number,
        remittance.known_on,
        remittance.payment_date,
        adjustment.amount,
        named.claim_payment_id,
        coalesce(named.account_number, account.account_number) as account_number
    from provider_adjustment as adjustment
    inner join remittances as remittance on adjustment.remittance_id = remittance.remittance_id
    left join takeback_references as named
        on remittance.payer_key = named.payer_key and adjustment.reference_id = named.reference_id
    left join takeback_references as account on account.payer_key = '' and adjustment.reference_id = account.reference_id
    where remittance.duplicate_of is null and adjustment.amount <> 0
),

-- The n-th refund acknowledged and the n-th taking of the same amount and reference are one and the same refund.
numbered as (
    select
        file_id,
        place,
        position,
        code,
        payer_key,
        reference_key,
        abs(amount) as size_amount,
        row_number() over (
            partition by payer_key, reference_key, code, amount order by known_on, trace_number, place, position
        ) as turn
    from entered
    where (code = '72' and amount < 0) or (code = 'WO' and amount > 0)
),

paired as (
    select numbered.file_id, numbered.place, numbered.position
    from numbered
    inner join numbered as other
        on numbered.payer_key = other.payer_key
        and numbered.reference_key = other.reference_key
        and numbered.size_amount = other.size_amount
        and numbered.turn = other.turn
        and numbered.code <> other.code
),

placed as (
    select
        entered.file_id,
        entered.place,
        entered.position,
        entered.remittance_id,
        entered.payer_key,
        entered.payer_name,
        entered.code,
        entered.reference,
        entered.reference_key,
        entered.trace_number,
        entered.known_on,
        entered.payment_date,
        entered.amount,
        entered.claim_payment_id,
        entered.account_number,
        paired.file_id is not null as is_refund,
        case
            when entered.code = '72' then 'refund'
            when entered.code = 'OB' then 'other_provider'
            when entered.code in (
                'L6', 'L3', '50', '51', '90', 'AH', 'AM', 'B2', 'BD', 'BN', 'CR', 'CT', 'CV', 'CW', 'DM', 'E3', 'FC', 'GO',
                'HM', 'IP', 'IR', 'IS', 'LE', 'LS', 'OA', 'PI', 'PL', 'RE', 'SL'
            ) then 'told'
            else 'carried'
        end as carry,
        row_number() over (
            partition by entered.payer_key, entered.code, entered.reference_key
            order by entered.known_on, sign(entered.amount), entered.trace_number, entered.amount, entered.place, entered.position,
                entered.remittance_id
        ) as entry_number
    from entered
    left join paired
        on entered.file_id = paired.file_id and entered.place = paired.place and entered.position = paired.position
),

summed as (
    select
        file_id,
        place,
        position,
        remittance_id,
        payer_key || ' ' || code || ' ' || reference_key as takeback_id,
        payer_key,
        payer_name,
        code,
        reference,
        carry,
        trace_number,
        known_on,
        payment_date,
        amount,
        claim_payment_id,
        account_number,
        is_refund,
        entry_number,
        (sum(case when amount < 0 then -amount else 0 end) over run)::decimal(18, 2) as opened_amount,
        (sum(case when amount > 0 then amount else 0 end) over run)::decimal(18, 2) as taken_amount,
        (sum(case when amount > 0 and is_refund then amount else 0 end) over run)::decimal(18, 2) as refunded_amount
    from placed
    window run as (
        partition by payer_key, code, reference_key
        order by entry_number
        rows between unbounded preceding and current row
    )
)

select
    file_id,
    place,
    position,
    remittance_id,
    takeback_id,
    payer_key,
    payer_name,
    code,
    reference,
    carry,
    trace_number,
    known_on,
    payment_date,
    amount,
    claim_payment_id,
    account_number,
    is_refund,
    entry_number,
    opened_amount,
    taken_amount,
    refunded_amount,
    (greatest(opened_amount - refunded_amount, 0) - (taken_amount - refunded_amount))::decimal(18, 2) as owed_amount
from summed
