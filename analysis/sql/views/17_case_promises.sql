-- What the last contact about each case promised, and by when; a later contact answers it, whatever that one brings.
--
-- grain:   one row per case whose last contact up to the reporting day brought a promise
-- key:     case_id
-- params:  none
-- units:   dates
create or replace view case_promises as
with ranked as (
    select
        case_contact.case_id,
        case_contact.party,
        case_contact.promised_by,
        row_number() over (partition by case_contact.case_id order by case_contact.decision_id desc) as newness
    from case_contact
    inner join case_event on case_contact.decision_id = case_event.decision_id
    inner join reporting_day on case_event.effective_on <= reporting_day.day
)

select case_id, party, promised_by
from ranked
where newness = 1 and promised_by is not null
