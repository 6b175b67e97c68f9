-- The refunds up to a day, as they stood then, the newest first.
--
-- grain:   one row per refund
-- key:     refund_id
-- params:  as_of (date): later requests and steps do not exist yet
--          account_number (text): only this account's; null for all
-- example: account_number = null
-- units:   US dollars; age in calendar days since the last step; requested_at in UTC
select
    refund.refund_id,
    refund.status,
    refund.account_number,
    refund.payee_type,
    refund.payee_name,
    refund.payee_address,
    refund.amount,
    refund.reason,
    refund.evidence,
    refund.requested_by,
    refund.requested_at,
    refund.requested_on,
    refund.approved_by,
    refund.status_on,
    date_diff('day', refund.status_on, $as_of) as age_days,
    refund.export_id,
    refund.exported_on,
    refund.cheque_number,
    refund.cheque_date,
    refund.cleared_on,
    refund.acknowledged_as,
    refund.acknowledged_on,
    refund.is_posted,
    refund.is_live,
    refund.second_above,
    refund.credit_date,
    refund.version
from refunds as refund
where refund.requested_on <= $as_of
    and ($account_number is null or refund.account_number = $account_number)
order by refund.refund_id desc
