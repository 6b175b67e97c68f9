-- Everything that is, or once was, without a partner or unable to go on: with the days it opened and closed.
--
-- grain:   one row per fact, reason to be open and span of days with the same open amount
-- key:     item_id, opened_on
-- params:  none
-- units:   US dollars; open on a day = opened_on <= day and (closed_on is null or closed_on > day)
-- note:    a deposit whose text carries a trace waits for its remittance, also where a batch has posted it; what a person
--          has sent back or given away is no longer open, nor what was sent on to its right home with proof, nor a claim that was
--          posted by hand or sent to another home
create or replace view item_candidates as
with spans as materialized (
    select side, fact_id, other_side, from_day, to_day, linked_amount, is_first
    from open_spans
),

first_links as (
    select
        side,
        fact_id,
        min(case when other_side = 'bank' then from_day end) as banked_on,
        min(case when other_side = 'batch' then from_day end) as posted_on
    from spans
    group by side, fact_id
),

-- Money that a batch put on no account, because nobody knows whose it is, waits for its owner.
applied_batches as (
    select batch_id
    from posting_lines
    group by batch_id
    having count(case when transaction_type = 'UNAPPLIED' then null else 1 end) > 0
),

applied_deposits as (
    select linked_pairs.fact_id, min(linked_pairs.known_on) as applied_on
    from linked_pairs
    inner join applied_batches on linked_pairs.other_fact_id = applied_batches.batch_id
    where linked_pairs.side = 'bank' and linked_pairs.other_side = 'batch'
    group by linked_pairs.fact_id
),

-- Remittances whose deposit a batch posts, though none names their trace: posted again they would be posted twice.
posted_money as (
    select own.fact_id, min(posting.other_fact_id) as batch_id
    from linked_pairs as own
    inner join linked_pairs as posting
        on posting.side = 'bank' and posting.other_side = 'batch' and own.other_fact_id = posting.fact_id
    where own.side = 'remittance' and own.other_side = 'bank'
    group by own.fact_id
),

-- A fact is open by its whole amount until its first link, then by what each further span leaves.
money_spans as (
    select
        side,
        fact_id,
        cast(null as date) as from_day,
        from_day as to_day,
        cast(0 as decimal(18, 2)) as linked_amount
    from spans
    where is_first
        and ((side = 'bank' and other_side = 'remittance') or (side = 'remittance' and other_side = 'bank'))
    union all
    select
        side,
        fact_id,
        from_day,
        to_day,
        linked_amount
    from spans
    where (side = 'bank' and other_side = 'remittance') or (side = 'remittance' and other_side = 'bank')
),

sent_away as (
    select subject_id as item_id, min(effective_on) as sent_on
    from item_standing
    where standing = 'returned'
    group by subject_id
),

traced as (
    select distinct bank_transaction_id
    from bank_trace
    where found_in in ('trn_segment', 'trn_segment_unspaced')
),

deposits as (
    select
        case
            when line.amount < 0 then 'returned_item'
            when line.company_name is null and line.company_id is null
                and coalesce(traced.bank_transaction_id, told.bank_transaction_id) is null
                and line.line_kind in ('wire', 'cheque_deposit', 'other_credit', 'ach') then 'unidentified_payment'
            else 'deposit_without_remittance'
        end as item_type,
        line.bank_transaction_id,
        (
            line.amount
            - coalesce(span.linked_amount, 0)
            - case
                when line.amount - coalesce(span.linked_amount, 0) > coalesce(sent_money.sent_amount, 0)
                    then coalesce(sent_money.sent_amount, 0)
                else 0
            end
        )::decimal(18, 2) as amount,
        coalesce(span.from_day, line.known_on) as opened_on,
        case
            when line.amount > 0 and line.amount - coalesce(span.linked_amount, 0) <= sent_money.sent_amount
                then least(span.to_day, sent_money.sent_on)
            when coalesce(traced.bank_transaction_id, told.bank_transaction_id) is null
                then least(span.to_day, applied_deposits.applied_on)
            else span.to_day
        end as closed_on
    from bank_transactions as line
    left join traced on line.bank_transaction_id = traced.bank_transaction_id
    left join traced as told on line.told_by_entry_id = told.bank_transaction_id
    left join money_spans as span on span.side = 'bank' and cast(line.bank_transaction_id as varchar) = span.fact_id
    left join applied_deposits on cast(line.bank_transaction_id as varchar) = applied_deposits.fact_id
    left join sent_money on cast(line.bank_transaction_id as varchar) = sent_money.fact_id
    where line.not_counted is null
        and (
            (line.amount > 0 and line.line_kind not in ('interest', 'sweep', 'adjustment'))
            or (line.amount < 0 and line.line_kind in ('return', 'refund_return'))
        )
        and (line.amount < 0 or line.amount > coalesce(span.linked_amount, 0))
),

-- Narrow, as it is read many times: what else a remittance says is added to its items.
advice as materialized (
    select
        remittance.remittance_id,
        coalesce(remittance.payment_amount, 0) as amount,
        coalesce(remittance.payment_date, remittance.known_on) as item_date,
        remittance.known_on as opened_on,
        remittance.duplicate_of,
        remittance.is_without_deposit,
        remittance.currency,
        balances.in_balance,
        balances.service_lines_out_of_balance,
        balances.claims_out_of_balance,
        balances.transaction_difference,
        first_links.banked_on,
        first_links.posted_on,
        posted_money.batch_id as money_posted_by
    from remittances as remittance
    inner join remittance_balances as balances on remittance.remittance_id = balances.remittance_id
    left join first_links
        on first_links.side = 'remittance' and cast(remittance.remittance_id as varchar) = first_links.fact_id
    left join posted_money on cast(remittance.remittance_id as varchar) = posted_money.fact_id
),

-- What a duplicate and the one that counts tell of claims: the same payment may come again with other claims.
told_claims as (
    select
        claim_payment.remittance_id,
        string_agg(
            concat_ws(' ', claim_payment.claim_id, claim_payment.claim_status, claim_payment.paid_amount),
            ',' order by claim_payment.claim_id, claim_payment.claim_status, claim_payment.paid_amount
        ) as claims
    from claim_payment
    where claim_payment.remittance_id in (
        select advice.remittance_id
        from advice
        where advice.duplicate_of is not null
        union
        select advice.duplicate_of as remittance_id
        from advice
        where advice.duplicate_of is not null
    )
    group by claim_payment.remittance_id
),

advice_reasons as (
    select
        'remittance_without_deposit' as item_type,
        advice.remittance_id,
        advice.item_date,
        advice.amount - coalesce(span.linked_amount, 0) as amount,
        coalesce(span.from_day, advice.opened_on) as opened_on,
        span.to_day as closed_on,
        case when advice.currency = 'USD' then 'money' else 'in ' || advice.currency end as detail
    from advice
    left join money_spans as span
        on span.side = 'remittance' and cast(advice.remittance_id as varchar) = span.fact_id
    where advice.duplicate_of is null
        and not advice.is_without_deposit
        and advice.amount > coalesce(span.linked_amount, 0)
    union all
    select
        'unposted_remittance' as item_type,
        remittance_id,
        item_date,
        amount,
        greatest(opened_on, banked_on) as opened_on,
        posted_on as closed_on,
        case
            when is_without_deposit then 'no money to come'
            when money_posted_by is not null then 'its money has come, and batch ' || money_posted_by || ' posts that deposit'
            else 'its money has come'
        end || case when not in_balance then ', but it does not add up' else '' end as detail
    from advice
    where duplicate_of is null and (is_without_deposit or banked_on is not null)
    union all
    select
        'duplicate_remittance' as item_type,
        advice.remittance_id,
        advice.item_date,
        advice.amount,
        advice.opened_on,
        cast(null as date) as closed_on,
        case
            when own.claims <> first_one.claims then 'the same payment again, with other claims'
            else 'the same payment in another envelope'
        end as detail
    from advice
    left join told_claims as own on advice.remittance_id = own.remittance_id
    left join told_claims as first_one on advice.duplicate_of = first_one.remittance_id
    where advice.duplicate_of is not null
    union all
    select
        'out_of_balance_remittance' as item_type,
        remittance_id,
        item_date,
        amount,
        opened_on,
        cast(null as date) as closed_on,
        case
            when transaction_difference <> 0 then 'transaction off by ' || format('{:,.2f}', transaction_difference)
            when claims_out_of_balance = 1 then '1 claim does not add up'
            when claims_out_of_balance > 1 then cast(claims_out_of_balance as varchar) || ' claims do not add up'
            when service_lines_out_of_balance = 1 then '1 service line does not add up'
            else cast(service_lines_out_of_balance as varchar) || ' service lines do not add up'
        end as detail
    from advice
    where duplicate_of is null and not in_balance
),

account_keys as (
    select distinct ltrim(upper(account.account_number), '0') as account_key
    from account
    inner join source_file on account.file_id = source_file.file_id
    inner join reporting_day on coalesce(source_file.known_from, reporting_day.day) <= reporting_day.day
        and account.extract_date <= reporting_day.day
),

corrected as (
    select distinct
        reversal.claim_payment_id
    from claim_payments as reversal
    inner join remittances as reversed on reversal.remittance_id = reversed.remittance_id
    inner join claim_payments as correction
        on reversal.claim_id = correction.claim_id
        and reversal.charge_amount = -correction.charge_amount
        and correction.claim_status <> '22'
    inner join remittances as correcting
        on correction.remittance_id = correcting.remittance_id
        and reversed.payer_key = correcting.payer_key
        and (reversed.remittance_id = correcting.remittance_id or reversed.known_on < correcting.known_on)
    where reversal.claim_status = '22'
),

judged_claims as (
    select
        claim.claim_payment_id,
        claim.file_id,
        claim.place,
        claim.claim_id,
        claim.paid_amount,
        claim.remittance_id,
        case
            when claim.claim_status = '4' then 'patient or subscriber not recognised (status 4)'
            when claim.claim_status = '23' then 'not our claim, forwarded to another payer (status 23)'
            when claim.claim_status = '25' then 'predetermination only, never posted (status 25)'
            when claim.claim_status = '22' and corrected.claim_payment_id is null then 'reversal without a correction'
            when account_keys.account_key is null and exists (select 1 from account_keys)
                then 'no account has this claim number'
        end as detail
    from claim_payments as claim
    left join corrected on claim.claim_payment_id = corrected.claim_payment_id
    left join account_keys on ltrim(upper(claim.claim_id), '0') = account_keys.account_key
),

claims as (
    select
        claim.claim_payment_id,
        claim.file_id,
        claim.place,
        claim.claim_id as reference,
        remittance.payee_bank_account as bank_account,
        remittance.payer_name,
        coalesce(claim.paid_amount, 0) as amount,
        advice.item_date,
        advice.opened_on,
        standing.settled_on as closed_on,
        claim.detail
    from judged_claims as claim
    inner join advice on claim.remittance_id = advice.remittance_id
    inner join remittance on claim.remittance_id = remittance.remittance_id
    left join rejected_standing as standing on claim.claim_payment_id = standing.claim_payment_id
    where claim.detail is not null and advice.duplicate_of is null
),

items as (
    select
        'bank-' || cast(deposits.bank_transaction_id as varchar) || '-' || deposits.item_type as item_id,
        deposits.item_type,
        'bank' as side,
        cast(deposits.bank_transaction_id as varchar) as fact_id,
        line.file_id,
        line.place,
        line.last_place,
        line.bank_reference as reference,
        line.bank_account,
        line.company_name as payer_name,
        deposits.amount,
        line.posted_date as item_date,
        deposits.opened_on,
        deposits.closed_on,
        line.line_kind as detail
    from deposits
    inner join bank_transactions as line on deposits.bank_transaction_id = line.bank_transaction_id
    union all
    select
        'remittance-' || cast(reason.remittance_id as varchar) || '-' || reason.item_type as item_id,
        reason.item_type,
        'remittance' as side,
        cast(reason.remittance_id as varchar) as fact_id,
        remittance.file_id,
        remittance.place,
        remittance.last_place,
        remittance.trace_number as reference,
        remittance.payee_bank_account as bank_account,
        remittance.payer_name,
        reason.amount,
        reason.item_date,
        reason.opened_on,
        reason.closed_on,
        reason.detail
    from advice_reasons as reason
    inner join remittance on reason.remittance_id = remittance.remittance_id
    union all
    select
        'claim-' || cast(claim_payment_id as varchar) as item_id,
        'rejected_claim' as item_type,
        'claim' as side,
        cast(claim_payment_id as varchar) as fact_id,
        file_id,
        place,
        place as last_place,
        reference,
        bank_account,
        payer_name,
        amount,
        item_date,
        opened_on,
        closed_on,
        detail
    from claims
    union all
    select
        'takeback-' || cast(file_id as varchar) || '-' || cast(place as varchar) || '-' || cast(position as varchar) as item_id,
        item_type,
        'remittance' as side,
        cast(remittance_id as varchar) as fact_id,
        file_id,
        place,
        place as last_place,
        reference,
        cast(null as varchar) as bank_account,
        payer_name,
        amount,
        item_date,
        opened_on,
        closed_on,
        detail
    from takeback_items
)

select
    items.item_id,
    items.item_type,
    items.side,
    items.fact_id,
    items.file_id,
    items.place,
    items.last_place,
    items.reference,
    items.bank_account,
    items.payer_name,
    items.amount::decimal(18, 2) as amount,
    items.item_date,
    items.opened_on,
    least(items.closed_on, sent_away.sent_on) as closed_on,
    items.detail
from items
left join sent_away on items.item_id = sent_away.item_id
where (items.closed_on is null or items.closed_on > items.opened_on)
    and (sent_away.sent_on is null or sent_away.sent_on > items.opened_on)
