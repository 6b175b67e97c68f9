-- What the remittances say that payments on accounts in credit name by their trace: whose claims they pay, and what of them is
-- interest or capitation.
--
-- grain:   one row per payment's trace, account in credit, and account that the remittance pays (claim) or code of a provider
--          adjustment (L6, CT)
-- key:     account_number, reference, kind, told_key
-- params:  as_of (date): remittances of later days are not yet known
--          account_number (text): only this account's; null for all
-- example: account_number = null
-- units:   US dollars the payer paid: interest and capitation positive
with named as (
    select distinct
        account.account_number,
        entry.reference,
        remittance.remittance_id
    from credit_accounts as account
    inner join account_transactions as entry on account.account_number = entry.account_number
    inner join remittances as remittance
        on ltrim(upper(trim(entry.reference)), '0') = ltrim(upper(trim(remittance.trace_number)), '0')
    where entry.type = 'PAYMENT'
        and coalesce(entry.source, '') <> 'PATIENT'
        and entry.transaction_date <= least(account.ledger_until, $as_of)
        and remittance.duplicate_of is null
        and remittance.known_on <= $as_of
        and ($account_number is null or account.account_number = $account_number)
)

select
    named.account_number,
    named.reference,
    'claim' as kind,
    ltrim(upper(claim.claim_id), '0') as told_key,
    max(claim.claim_id) as told,
    sum(claim.paid_amount)::decimal(18, 2) as amount
from named
inner join claim_payments as claim on named.remittance_id = claim.remittance_id
group by named.account_number, named.reference, ltrim(upper(claim.claim_id), '0')
union all
select
    named.account_number,
    named.reference,
    'adjustment' as kind,
    adjustment.reason_code as told_key,
    adjustment.reason_code as told,
    (-sum(adjustment.amount))::decimal(18, 2) as amount
from named
inner join provider_adjustments as adjustment on named.remittance_id = adjustment.remittance_id
where adjustment.reason_code in ('L6', 'CT')
group by named.account_number, named.reference, adjustment.reason_code
order by 1, 2, 3, 4
