-- Everything open on a day: what, how much, how old, whether a person holds it, and the best that the rules propose.
--
-- grain:   one row per open item
-- key:     item_id
-- params:  as_of (date): what became known later does not exist yet; late_after (integer): business days after the payment
--          date until which the money may take
-- example: as_of=2026-11-13, late_after=3
-- units:   US dollars; age in calendar days from item_date to as_of, 0 for a payment announced for later;
--          business_days counts bank business days from item_date to as_of, negative before it
-- note:    why is null where only the nearest miss can tell; proposals that include the item are counted; the one with most confidence speaks
with proposals as (
    select
        side,
        fact_id,
        match_id,
        explanation,
        count(*) over (partition by side, fact_id) as proposal_count,
        row_number() over (partition by side, fact_id order by confidence desc, explanation, match_id) as place
    from match_links
    where status = 'proposed' and known_on <= $as_of
),

numbered as (
    select calendar_day, business_number
    from bank_day
)

select
    item.item_id,
    item.item_type,
    item.reference,
    item.bank_account,
    item.payer_name,
    item.amount,
    item.item_date,
    greatest(date_diff('day', item.item_date, $as_of), 0) as age_days,
    case
        when standing.standing = 'held' then 'held: ' || standing.reason
        when proposals.match_id is not null then 'proposed: ' || proposals.explanation
        when item.item_type = 'remittance_without_deposit' and item.detail <> 'money'
            then 'paid ' || item.detail || ', not in US dollars: it is matched to no deposit'
        when item.item_type in ('deposit_without_remittance', 'unidentified_payment', 'remittance_without_deposit') then null
        when item.item_type = 'unposted_remittance' then 'no posting batch names its trace; ' || item.detail
        when item.item_type = 'returned_item' then 'the bank took this back; the payment it undoes is not yet reversed'
        else item.detail
    end as why,
    case
        when standing.standing = 'held' then 'release it when the reason is gone'
        when proposals.proposal_count = 1 then 'confirm or decline the proposal'
        when proposals.proposal_count > 1 then 'choose among the proposals'
        when item.item_type = 'deposit_without_remittance' then 'ask the payer for the remittance, or match by hand'
        when item.item_type = 'unidentified_payment' then 'ask the bank for the sender and its addenda'
        when item.item_type = 'remittance_without_deposit' and item.detail <> 'money'
            then 'look for it on the account of its currency'
        when item.item_type = 'remittance_without_deposit'
            then case
                when today.business_number - own.business_number > $late_after then 'trace the payment with the payer'
                else 'wait for the money'
            end
        when item.item_type = 'duplicate_remittance' and position('with other claims' in item.detail) > 0
            then 'compare its claims with those of the first before anything is posted'
        when item.item_type = 'duplicate_remittance' then 'do not post it again'
        when item.item_type = 'out_of_balance_remittance' then 'ask the payer for a corrected remittance before posting'
        when item.item_type = 'unposted_remittance' and position('posts that deposit' in item.detail) > 0
            then 'see whether that batch posts it, and match it to it'
        when item.item_type = 'unposted_remittance' and position('does not add up' in item.detail) > 0
            then 'wait for the corrected remittance before posting'
        when item.item_type = 'unposted_remittance' then 'post it'
        when item.item_type = 'returned_item' then 'reverse the payment on the account and bill again'
        when item.item_type = 'rejected_claim' then 'check registration and bill again'
        when item.item_type = 'takeback_without_opening' then 'find the letter or corrected claim behind it, else dispute it'
        when item.item_type = 'taken_for_other_provider' then 'find whose debt it was, and claim it back from them'
        when item.item_type = 'forward_balance_open' then 'ask the payer when it will be taken, or refund it'
        else 'look at it'
    end as next_step,
    case when standing.standing = 'held' then 'held' when proposals.match_id is not null then 'proposed' else 'open' end as status,
    case_standing.owner,
    item.side,
    item.fact_id,
    item.file_id,
    item.place,
    item.last_place,
    proposals.match_id as proposed_match_id,
    coalesce(proposals.proposal_count, 0) as proposal_count,
    today.business_number - own.business_number as business_days,
    item.detail
from items_of_day as item
inner join numbered as today on today.calendar_day = $as_of
left join numbered as own on item.item_date = own.calendar_day
left join item_standing as standing on item.item_id = standing.subject_id and standing.effective_on <= $as_of
left join case_standing on item.item_id = case_standing.case_id
left join proposals
    on item.side = proposals.side
    and item.fact_id = proposals.fact_id
    and proposals.place = 1
    and item.item_type in ('deposit_without_remittance', 'unidentified_payment', 'remittance_without_deposit')
order by item.amount desc, item.item_id
