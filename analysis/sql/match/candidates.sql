-- What a person may match to one open deposit, remittance or batch: the other open facts, the best of each side first.
--
-- grain:   one row per other open fact, at most 50 of a side
-- key:     side, fact_id
-- params:  own_side (text), own_fact_id (text): the fact that is worked on
--          as_of (date): what became known later does not exist yet
--          words (text): part of a payer's name, trace or reference to search for; empty for the usual list
--          amount (decimal): an open amount to search for; null for none
--          usual_before (integer), usual_after (integer): bank business days from the payment date that agree
--          cheque_after (integer): the same for cheques; late_before (integer), late_after (integer): that nearly agree
-- example: own_side='bank', own_fact_id='37000000016', words='', amount=null, usual_before=1, usual_after=3, cheque_after=10, late_before=10, late_after=20
-- units:   US dollars open; off_by is bank less remittance or batch, or own less other on one side; days_apart is bank
--          business days from payment or posting date to deposit; score of 100
-- note:    posting_amount is what a batch can be tied to: the whole, also where a part is linked between deposit and remittance;
--          a remittance that is paid in full may still want its batch. The fits are agrees, near, differs or unknown. Score: trace 45, amount 30 (10 within five percent), payer 15
--          (10 by name alone), date 10 (4 within a month), and 10 for cheques to a deposit of cheques.
--          A pair that a person declined or took apart stands in a search only.
with facts as (
    select
        'bank' as side,
        deposit.fact_id,
        deposit.open_amount,
        deposit.amount as posting_amount,
        deposit.posted_date as item_date,
        deposit.posted_number as day_number,
        deposit.bank_account,
        deposit.company_name as payer_name,
        deposit.company_key as payer_key_1,
        cast(null as varchar) as payer_key_2,
        cast(null as varchar) as payer_key_3,
        deposit.line_kind in ('lockbox', 'cheque_deposit', 'cash_deposit') as is_cheque,
        deposit.has_trace
    from open_deposits as deposit
    where deposit.known_on <= $as_of
    union all
    select
        'remittance' as side,
        advice.fact_id,
        advice.open_amount,
        advice.amount as posting_amount,
        advice.payment_date as item_date,
        advice.payment_number as day_number,
        advice.payee_bank_account as bank_account,
        advice.payer_name,
        advice.payer_key_1,
        advice.payer_key_2,
        advice.payer_key_3,
        advice.payment_method = 'CHK' as is_cheque,
        advice.trace_key is not null as has_trace
    from open_remittances as advice
    where advice.known_on <= $as_of
    union all
    select
        'batch' as side,
        batch.batch_id as fact_id,
        batch.control_total as open_amount,
        batch.control_total as posting_amount,
        batch.deposit_date as item_date,
        bank_day.business_number as day_number,
        batch.bank_account,
        batch.payer_name,
        cast(null as varchar) as payer_key_1,
        cast(null as varchar) as payer_key_2,
        cast(null as varchar) as payer_key_3,
        batch.batch_type in ('LOCKBOX', 'CHECK') as is_cheque,
        false as has_trace
    from posting_batches as batch
    inner join bank_day on batch.deposit_date = bank_day.calendar_day
    left join open_batches as untied on batch.batch_id = untied.batch_id
    where batch.known_on <= $as_of and ($own_side <> 'bank' or untied.batch_id is not null)
    union all
    select
        'remittance' as side,
        cast(remittance.remittance_id as varchar) as fact_id,
        coalesce(remittance.payment_amount, 0) as open_amount,
        coalesce(remittance.payment_amount, 0) as posting_amount,
        coalesce(remittance.payment_date, remittance.known_on) as item_date,
        bank_day.business_number as day_number,
        remittance.payee_bank_account as bank_account,
        remittance.payer_name,
        keys.payer_key_1,
        keys.payer_key_2,
        keys.payer_key_3,
        coalesce(remittance.payment_method, '') = 'CHK' as is_cheque,
        remittance.trace_key is not null as has_trace
    from remittances as remittance
    inner join bank_day on coalesce(remittance.payment_date, remittance.known_on) = bank_day.calendar_day
    left join remittance_keys as keys on remittance.remittance_id = keys.remittance_id
    where $own_side = 'remittance'
        and cast(remittance.remittance_id as varchar) = $own_fact_id
        and $own_fact_id not in (select open_remittances.fact_id from open_remittances)
),

own as (
    select
        side,
        fact_id,
        open_amount,
        posting_amount,
        day_number,
        payer_name,
        payer_key_1,
        payer_key_2,
        payer_key_3,
        is_cheque,
        has_trace
    from facts
    where side = $own_side and fact_id = $own_fact_id
),

traces as (
    select 'bank' as side, cast(bank_transaction_id as varchar) as fact_id, trace_key
    from bank_trace
    union
    select 'bank' as side, cast(line.bank_transaction_id as varchar) as fact_id, trace.trace_key
    from open_deposits as line
    inner join bank_trace as trace on line.told_by_entry_id = trace.bank_transaction_id
    union
    select 'remittance' as side, fact_id, trace_key
    from open_remittances
    where trace_key is not null
    union
    select 'remittance' as side, cast(remittance_id as varchar) as fact_id, trace_key
    from remittance
    where $own_side = 'remittance' and cast(remittance_id as varchar) = $own_fact_id and trace_key is not null
    union
    select 'batch' as side, batch_id as fact_id, reference_key as trace_key
    from posting_lines
    where reference_key is not null
),

own_traces as (
    select traces.trace_key
    from traces
    inner join own on traces.side = own.side and traces.fact_id = own.fact_id
),

same_trace as (
    select distinct traces.side, traces.fact_id
    from traces
    inner join own_traces on traces.trace_key = own_traces.trace_key
),

proposed as (
    select other.side, other.fact_id, min(other.match_id) as proposed_match_id
    from match_links as mine
    inner join match_links as other on mine.match_id = other.match_id
    where mine.side = $own_side and mine.fact_id = $own_fact_id and mine.status = 'proposed' and mine.known_on <= $as_of
    group by other.side, other.fact_id
),

declined as (
    select distinct other.side, other.fact_id
    from match_standing as standing
    inner join match_side as mine on standing.match_id = mine.match_id
    inner join match_side as other on standing.match_id = other.match_id and mine.side <> other.side
    where standing.action in ('decline', 'unmatch')
        and standing.status = 'ended'
        and mine.side = $own_side
        and mine.fact_id = $own_fact_id
        and standing.match_id in (select match_id from match_side group by match_id having count(*) = 2)
),

paired as (
    select
        facts.side,
        facts.fact_id,
        facts.open_amount,
        facts.posting_amount,
        facts.item_date,
        facts.bank_account,
        facts.payer_name,
        proposed.proposed_match_id,
        declined.fact_id is not null as is_declined,
        alias.confirmed_count as alias_confirmed,
        alias.declined_count as alias_declined,
        case
            when facts.side = 'batch' then own.posting_amount - facts.posting_amount
            when own.side = 'bank' or facts.side <> 'bank' then own.open_amount - facts.open_amount
            else facts.open_amount - own.open_amount
        end as off_by,
        case when own.side = 'bank' or facts.side <> 'bank' then own.day_number - facts.day_number
            else facts.day_number - own.day_number end as days_apart,
        case
            when same_trace.fact_id is not null then 'agrees'
            when own.side = facts.side then 'unknown'
            when own.has_trace and facts.has_trace then 'differs'
            else 'unknown'
        end as trace_fit,
        case
            when facts.payer_key_1 in (own.payer_key_1, own.payer_key_2, own.payer_key_3)
                or facts.payer_key_2 in (own.payer_key_1, own.payer_key_2, own.payer_key_3)
                or facts.payer_key_3 in (own.payer_key_1, own.payer_key_2, own.payer_key_3)
                or upper(facts.payer_name) = upper(own.payer_name) then 'agrees'
            when alias.confirmed_count > 0
                or position(upper(facts.payer_name) in upper(own.payer_name)) = 1
                or position(upper(own.payer_name) in upper(facts.payer_name)) = 1 then 'near'
            when facts.payer_name is null or own.payer_name is null then 'unknown'
            else 'differs'
        end as payer_fit,
        case
            when facts.side = 'batch' and facts.posting_amount = own.posting_amount then 'agrees'
            when facts.side = 'batch' and abs(facts.posting_amount - own.posting_amount) * 20 <= own.posting_amount then 'near'
            when facts.side = 'batch' then 'differs'
            when facts.open_amount = own.open_amount then 'agrees'
            when abs(facts.open_amount - own.open_amount) * 20 <= own.open_amount then 'near'
            else 'differs'
        end as amount_fit,
        own.is_cheque and facts.is_cheque as is_of_cheques
    from facts
    inner join own on facts.side <> own.side or facts.fact_id <> own.fact_id
    left join same_trace on facts.side = same_trace.side and facts.fact_id = same_trace.fact_id
    left join proposed on facts.side = proposed.side and facts.fact_id = proposed.fact_id
    left join declined on facts.side = declined.side and facts.fact_id = declined.fact_id
    left join payer_aliases as alias
        on own.side <> facts.side
        and alias.bank_name = upper(case when own.side = 'bank' then own.payer_name when facts.side = 'bank' then facts.payer_name end)
        and alias.payer_name = case when own.side = 'bank' then facts.payer_name else own.payer_name end
),

named as (
    select
        paired.side,
        paired.fact_id,
        linkable.reference,
        paired.payer_name,
        paired.open_amount,
        paired.posting_amount,
        paired.item_date,
        paired.bank_account,
        paired.days_apart,
        paired.off_by,
        paired.trace_fit,
        paired.payer_fit,
        paired.amount_fit,
        case
            when paired.days_apart between -$usual_before and $usual_after then 'agrees'
            when paired.is_of_cheques and paired.days_apart between -$usual_before and $cheque_after then 'agrees'
            when paired.days_apart between -$late_before and $late_after then 'near'
            else 'differs'
        end as date_fit,
        paired.is_of_cheques,
        paired.proposed_match_id,
        paired.is_declined,
        paired.alias_confirmed,
        paired.alias_declined
    from paired
    inner join linkable_facts as linkable on paired.side = linkable.side and paired.fact_id = linkable.fact_id
),

scored as (
    select
        side,
        fact_id,
        reference,
        payer_name,
        open_amount,
        posting_amount,
        item_date,
        bank_account,
        days_apart,
        off_by,
        trace_fit,
        payer_fit,
        amount_fit,
        date_fit,
        proposed_match_id,
        is_declined,
        alias_confirmed,
        alias_declined,
        least(100,
            case trace_fit when 'agrees' then 45 else 0 end
            + case amount_fit when 'agrees' then 30 when 'near' then 10 else 0 end
            + case payer_fit when 'agrees' then 15 when 'near' then 10 else 0 end
            + case date_fit when 'agrees' then 10 when 'near' then 4 else 0 end
            + case when is_of_cheques then 10 else 0 end
        ) as score
    from named
    where case
        when $words <> '' or $amount is not null
            then open_amount = $amount
                or (
                    $words <> ''
                    and (position(lower($words) in lower(reference)) > 0 or position(lower($words) in lower(payer_name)) > 0)
                )
        else not is_declined or proposed_match_id is not null
    end
),

ranked as (
    select
        side,
        fact_id,
        row_number() over (
            partition by side
            order by
                case when proposed_match_id is null then 1 else 0 end,
                score desc,
                abs(off_by),
                abs(days_apart),
                fact_id
        ) as place
    from scored
)

select
    scored.side,
    ranked.place,
    scored.fact_id,
    scored.reference,
    scored.payer_name,
    scored.open_amount,
    scored.posting_amount,
    scored.item_date,
    scored.bank_account,
    scored.days_apart,
    scored.off_by,
    scored.trace_fit,
    scored.payer_fit,
    scored.amount_fit,
    scored.date_fit,
    scored.score,
    scored.proposed_match_id,
    scored.is_declined,
    scored.alias_confirmed,
    scored.alias_declined
from scored
inner join ranked on scored.side = ranked.side and scored.fact_id = ranked.fact_id
where ranked.place <= 50
order by scored.side, ranked.place
