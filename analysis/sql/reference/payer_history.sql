-- Every version of a payer of the reference, the newest first.
--
-- grain:   one row per version
-- key:     version
-- params:  payer_number (integer)
-- example: payer_number = 1
-- units:   calendar days; recorded_at in UTC
select
    version,
    recorded_at,
    recorded_by,
    payer_name,
    payer_ids,
    aliases,
    phone,
    fax,
    email,
    contacts,
    address,
    refund_address,
    timely_filing_days,
    recoupment_days,
    recoupment_rule,
    trace_habits,
    eft_enrolment,
    eft_since,
    era_enrolment,
    era_since,
    remark
from reference_payer
where payer_number = $payer_number
order by version desc
