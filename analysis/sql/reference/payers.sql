-- The payers of the reference as they were last saved.
--
-- grain:   one row per payer
-- key:     payer_number
-- params:  none
-- units:   calendar days; recorded_at in UTC; payer_ids and aliases by semicolons
with ranked as (
    select
        payer_number,
        version,
        row_number() over (partition by payer_number order by version desc) as newness
    from reference_payer
)

select
    payer.payer_number,
    payer.version,
    payer.payer_name,
    payer.payer_ids,
    payer.aliases,
    payer.phone,
    payer.fax,
    payer.email,
    payer.contacts,
    payer.address,
    payer.refund_address,
    payer.timely_filing_days,
    payer.recoupment_days,
    payer.recoupment_rule,
    payer.trace_habits,
    payer.eft_enrolment,
    payer.eft_since,
    payer.era_enrolment,
    payer.era_since,
    payer.remark,
    payer.recorded_by,
    payer.recorded_at
from reference_payer as payer
inner join ranked on payer.payer_number = ranked.payer_number and payer.version = ranked.version
where ranked.newness = 1
order by payer.payer_name, payer.payer_number
