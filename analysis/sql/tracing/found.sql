-- What one step of tracing finds: remittances, claims and accounts that bear what is sought, exactly or nearly.
--
-- grain:   one row per remittance, claim or account
-- key:     kind, row_id
-- params:  as_of (date): what became known later does not exist yet
--          step (text): which key is looked for, of DOMAIN.md section 6
--          number (text), claim (text), payer_claim (text), member (text), last_name (text), payer (text): upper case, blanks and
--          zeros in front taken off; null where not known
--          service_day (date), charge (decimal), amount (decimal): null where not known
--          bank_transaction_id (integer): what was ruled out for this deposit is left out
-- example: step='amount', number=null, claim=null, payer_claim=null, member=null, last_name=null, payer=null, service_day=null, charge=null, amount=817.69, bank_transaction_id=1
-- units:   US dollars; open_amount is what no match took of a remittance, or the balance of an account
-- note:    at most 200, those that agree in the amount first. Names are compared and never shown
with newest as (
    select account_number, max(extract_date) as extract_date
    from accounts
    where extract_date <= $as_of
    group by account_number
),

facts as (
    select
        'remittance' as kind,
        cast(remittance.remittance_id as varchar) as row_id,
        remittance.remittance_id,
        remittance.file_id,
        remittance.place,
        remittance.trace_number as reference,
        remittance.payer_name,
        coalesce(remittance.payment_amount, 0)::decimal(18, 2) as amount,
        coalesce(offer.open_amount, 0)::decimal(18, 2) as open_amount,
        remittance.payment_date as item_date,
        remittance.trace_key as number,
        cast(null as varchar) as claim,
        cast(null as varchar) as payer_claim,
        cast(null as varchar) as member,
        cast(null as varchar) as last_name,
        cast(null as date) as born,
        cast(null as date) as service_from,
        cast(null as date) as service_to,
        cast(null as decimal(18, 2)) as charge
    from remittances as remittance
    left join open_remittances as offer on cast(remittance.remittance_id as varchar) = offer.fact_id
    where remittance.duplicate_of is null
    union all
    select
        'claim' as kind,
        cast(claim.claim_payment_id as varchar) as row_id,
        claim.remittance_id,
        claim.file_id,
        claim.place,
        claim.claim_id as reference,
        remittance.payer_name,
        coalesce(claim.paid_amount, 0)::decimal(18, 2) as amount,
        coalesce(offer.open_amount, 0)::decimal(18, 2) as open_amount,
        coalesce(claim.statement_from, remittance.payment_date) as item_date,
        remittance.trace_key as number,
        ltrim(upper(claim.claim_id), '0') as claim,
        ltrim(upper(claim.payer_claim_control_number), '0') as payer_claim,
        ltrim(upper(coalesce(claim.patient_id, claim.insured_id)), '0') as member,
        upper(claim.patient_last_name) as last_name,
        cast(null as date) as born,
        claim.statement_from as service_from,
        coalesce(claim.statement_to, claim.statement_from) as service_to,
        claim.charge_amount as charge
    from claim_payments as claim
    inner join remittances as remittance on claim.remittance_id = remittance.remittance_id
    left join open_remittances as offer on cast(remittance.remittance_id as varchar) = offer.fact_id
    where remittance.duplicate_of is null
    union all
    select
        'account' as kind,
        cast(account.account_id as varchar) as row_id,
        cast(null as bigint) as remittance_id,
        account.file_id,
        account.place,
        account.account_number as reference,
        account.primary_payer_name as payer_name,
        account.balance as amount,
        account.balance as open_amount,
        account.service_from as item_date,
        cast(null as varchar) as number,
        ltrim(upper(account.account_number), '0') as claim,
        cast(null as varchar) as payer_claim,
        cast(null as varchar) as member,
        upper(trim(split_part(account.patient_name, ',', 1))) as last_name,
        account.date_of_birth as born,
        account.service_from,
        coalesce(account.service_to, account.service_from) as service_to,
        account.total_charges as charge
    from accounts as account
    inner join newest on account.account_number = newest.account_number and account.extract_date = newest.extract_date
    where account.balance > 0
),

hits as (
    select
        kind,
        row_id,
        remittance_id,
        file_id,
        place,
        reference,
        payer_name,
        amount,
        open_amount,
        item_date,
        number,
        claim,
        payer_claim,
        member,
        last_name,
        born,
        service_from,
        service_to,
        charge
    from facts
    where case $step
        when 'number' then kind = 'remittance'
            and (
                number = $number
                or (length($number) >= 6 and right(number, length($number)) = $number)
                or (length(number) >= 6 and right($number, length(number)) = number)
                or (length(number) = length($number) and levenshtein(number, $number) = 1)
            )
        when 'claim' then kind <> 'remittance'
            and (claim = $claim or (length(claim) = length($claim) and levenshtein(claim, $claim) = 1))
        when 'payer_claim' then kind = 'claim'
            and (payer_claim = $payer_claim or (length(payer_claim) = length($payer_claim) and levenshtein(payer_claim, $payer_claim) = 1))
        when 'member' then kind = 'claim' and member = $member
        when 'patient' then kind <> 'remittance' and last_name = $last_name
        when 'charge' then kind <> 'remittance' and charge = $charge
        when 'payer_amount' then position($payer in upper(payer_name)) > 0 and $amount in (amount, open_amount)
        else $amount in (amount, open_amount)
            or (kind = 'remittance' and amount > 0 and (amount * 10 = $amount or amount = $amount * 10))
            or (
                kind = 'remittance'
                and length(cast(amount as varchar)) = length(cast($amount as varchar))
                and levenshtein(cast(amount as varchar), cast($amount as varchar)) = 2
                and cast(abs(amount - $amount) * 100 as bigint) % 9 = 0
            )
    end
),

ruled_out as (
    select distinct kind, row_id
    from trace_ruled_out
    where bank_transaction_id = $bank_transaction_id
),

ranked as (
    select
        hits.kind,
        hits.row_id,
        row_number() over (
            order by
                case when $amount in (hits.amount, hits.open_amount) then 0 else 1 end,
                case when $service_day between hits.service_from and hits.service_to then 0 else 1 end,
                hits.kind,
                hits.row_id
        ) as in_order
    from hits
    left join ruled_out on hits.kind = ruled_out.kind and hits.row_id = ruled_out.row_id
    where ruled_out.row_id is null
)

select
    hits.kind,
    hits.row_id,
    hits.remittance_id,
    hits.file_id,
    hits.place,
    hits.reference,
    hits.payer_name,
    hits.amount,
    hits.open_amount,
    hits.item_date,
    hits.number,
    hits.claim,
    hits.payer_claim,
    hits.member,
    hits.last_name,
    hits.born,
    hits.service_from,
    hits.service_to,
    hits.charge
from hits
inner join ranked on hits.kind = ranked.kind and hits.row_id = ranked.row_id
where ranked.in_order <= 200
order by hits.kind, hits.row_id
