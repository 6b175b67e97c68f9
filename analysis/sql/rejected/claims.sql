-- Every claim of a remittance that cannot be posted as it is told: by which codes, what it holds back, and what was done with it.
--
-- grain:   one row per claim with a code, settled ones too
-- key:     claim_payment_id
-- params:  as_of (date): what became known later does not exist yet
-- example: as_of=2026-11-13
-- units:   US dollars; amount is what the claim was paid, age in calendar days from the payment's day
-- note:    codes are DOMAIN.md 1.7's in order. Not here: what holds a whole remittance and has an item of its own (sent again, no
--          deposit, provider adjustments to decide), nor a claim that only a corrected name (C14) speaks against: it can be posted
with remitted as (
    select
        remittance.remittance_id,
        remittance.trace_number,
        remittance.payer_name,
        remittance.payer_key,
        remittance.payment_date,
        remittance.known_on,
        remittance.payee_bank_account,
        remittance.usage_indicator,
        remittance.payment_amount,
        remittance.payment_method,
        remittance.source,
        balances.transaction_difference
    from remittances as remittance
    inner join remittance_balances as balances on remittance.remittance_id = balances.remittance_id
    where remittance.duplicate_of is null
),

whole as (
    select remittance_id, 'F03' as code
    from remitted
    where usage_indicator = 'T'
    union all
    select remittance_id, 'T01' as code
    from remitted
    where transaction_difference <> 0
    union all
    select remittance_id, 'T02' as code
    from remitted
    where payment_amount < 0
    union all
    select remittance_id, 'T03' as code
    from remitted
    where payment_method = 'NON' and payment_amount <> 0
    union all
    select remittance_id, 'T04' as code
    from remitted
    where trace_number is null
),

account_keys as (
    select
        ltrim(upper(account_number), '0') as account_key,
        count(distinct account_number) as number_count,
        max(upper(trim(split_part(patient_name, ',', 1)))) as last_name,
        min(upper(trim(split_part(patient_name, ',', 1)))) as other_last_name
    from accounts
    where extract_date <= $as_of
    group by ltrim(upper(account_number), '0')
),

adjusted as (
    select
        claim_payment_id,
        sum(amount)::decimal(18, 2) as amount,
        sum(case when group_code = 'PR' then amount else 0 end)::decimal(18, 2) as patient_amount
    from adjustments
    group by claim_payment_id
),

line_adjusted as (
    select service_payment_id, sum(amount)::decimal(18, 2) as amount
    from adjustments
    where service_payment_id is not null
    group by service_payment_id
),

lines_out as (
    select distinct line.claim_payment_id
    from service_payments as line
    left join line_adjusted on line.service_payment_id = line_adjusted.service_payment_id
    where line.charge_amount - coalesce(line_adjusted.amount, 0) <> line.paid_amount
),

claims as materialized (
    select
        claim.claim_payment_id,
        claim.remittance_id,
        claim.claim_id,
        ltrim(upper(claim.claim_id), '0') as claim_key,
        claim.claim_status,
        claim.charge_amount,
        claim.paid_amount,
        claim.patient_responsibility,
        claim.payer_claim_control_number,
        upper(trim(claim.patient_last_name)) as last_name,
        claim.corrected_last_name,
        claim.corrected_priority_payer_name,
        claim.file_id,
        claim.place,
        remitted.payer_key,
        remitted.known_on,
        remitted.source,
        coalesce(adjusted.amount, 0)::decimal(18, 2) as adjusted_amount,
        coalesce(adjusted.patient_amount, 0)::decimal(18, 2) as patient_amount,
        lines_out.claim_payment_id is not null as has_line_out
    from claim_payments as claim
    inner join remitted on claim.remittance_id = remitted.remittance_id
    left join adjusted on claim.claim_payment_id = adjusted.claim_payment_id
    left join lines_out on claim.claim_payment_id = lines_out.claim_payment_id
),

corrected as (
    select distinct reversal.claim_payment_id
    from claims as reversal
    inner join claims as correction
        on reversal.claim_id = correction.claim_id
        and reversal.charge_amount = -correction.charge_amount
        and reversal.payer_key = correction.payer_key
        and correction.claim_status <> '22'
        and (reversal.remittance_id = correction.remittance_id or reversal.known_on < correction.known_on)
    where reversal.claim_status = '22'
),

told_before as (
    select distinct later.claim_payment_id
    from claims as later
    inner join claims as earlier
        on later.claim_key = earlier.claim_key
        and later.payer_claim_control_number = earlier.payer_claim_control_number
        and later.paid_amount = earlier.paid_amount
        and later.payer_key = earlier.payer_key
        and later.remittance_id <> earlier.remittance_id
        and (earlier.known_on < later.known_on or (earlier.known_on = later.known_on and earlier.claim_payment_id < later.claim_payment_id))
    where later.paid_amount > 0
        and not exists (
            select 1
            from claims as undone
            where undone.claim_key = later.claim_key and undone.claim_status = '22' and undone.paid_amount = -later.paid_amount
        )
),

coded as (
    select claims.claim_payment_id, whole.code
    from claims
    inner join whole on claims.remittance_id = whole.remittance_id
    union all
    select claims.claim_payment_id, 'C01' as code
    from claims
    left join account_keys on claims.claim_key = account_keys.account_key
    where account_keys.account_key is null and exists (select 1 from account_keys)
    union all
    select claims.claim_payment_id, 'C02' as code
    from claims
    inner join account_keys on claims.claim_key = account_keys.account_key
    where claims.last_name not in (account_keys.last_name, account_keys.other_last_name)
    union all
    select claim_payment_id, 'C03' as code
    from claims
    where source = '835' and charge_amount - adjusted_amount <> paid_amount
    union all
    select claim_payment_id, 'C04' as code
    from claims
    where claim_status in ('4', '23', '25')
    union all
    select claims.claim_payment_id, 'C06' as code
    from claims
    left join corrected on claims.claim_payment_id = corrected.claim_payment_id
    where claims.claim_status = '22' and corrected.claim_payment_id is null
    union all
    select claim_payment_id, 'C10' as code
    from claims
    where paid_amount > charge_amount and charge_amount > 0
    union all
    select claim_payment_id, 'C11' as code
    from told_before
    union all
    select claim_payment_id, 'C12' as code
    from claims
    where source = '835' and claim_status <> '22' and patient_responsibility <> patient_amount
    union all
    select claims.claim_payment_id, 'C13' as code
    from claims
    inner join account_keys on claims.claim_key = account_keys.account_key
    where account_keys.number_count > 1
    union all
    select claim_payment_id, 'C14' as code
    from claims
    where corrected_last_name is not null or corrected_priority_payer_name is not null
    union all
    select claim_payment_id, 'L04' as code
    from claims
    where source = '835' and has_line_out
),

listed as (
    select
        claim_payment_id,
        string_agg(distinct code, '; ' order by code) as codes,
        min(case left(code, 1) when 'C' then 1 when 'L' then 2 when 'T' then 3 else 4 end) as in_order
    from coded
    group by claim_payment_id
    having max(case when code = 'C14' then 0 else 1 end) = 1
),

firsts as (
    select
        coded.claim_payment_id,
        min(coded.code) as code
    from coded
    inner join listed on coded.claim_payment_id = listed.claim_payment_id
    where listed.in_order = case left(coded.code, 1) when 'C' then 1 when 'L' then 2 when 'T' then 3 else 4 end
    group by coded.claim_payment_id
)

select
    'claim-' || cast(claims.claim_payment_id as varchar) as case_id,
    claims.claim_payment_id,
    firsts.code as reject_code,
    listed.codes,
    claims.claim_id,
    claims.claim_status,
    coalesce(claims.charge_amount, 0)::decimal(18, 2) as charge_amount,
    coalesce(claims.paid_amount, 0)::decimal(18, 2) as amount,
    remitted.payer_name,
    remitted.trace_number,
    coalesce(remitted.payment_date, remitted.known_on) as item_date,
    greatest(date_diff('day', coalesce(remitted.payment_date, remitted.known_on), $as_of), 0) as age_days,
    coalesce(standing.standing, 'open') as standing,
    standing.account_number,
    standing.home_name,
    standing.reference,
    standing.on_date,
    standing.decided_by,
    standing.settled_on is not null as is_settled,
    claims.remittance_id,
    claims.file_id,
    claims.place
from listed
inner join claims on listed.claim_payment_id = claims.claim_payment_id
inner join firsts on listed.claim_payment_id = firsts.claim_payment_id
inner join remitted on claims.remittance_id = remitted.remittance_id
left join rejected_standing as standing on listed.claim_payment_id = standing.claim_payment_id
where remitted.known_on <= $as_of
order by is_settled, abs(claims.paid_amount) desc, claims.claim_payment_id
