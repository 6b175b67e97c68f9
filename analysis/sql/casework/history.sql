-- Everything that people did with one case, in order: changes, notes, contacts, claims.
--
-- grain:   one row per act
-- key:     kept_in, number
-- params:  case_id (text)
-- example: case_id='bank-1-unidentified_payment'
-- units:   decided_at in UTC
-- note:    note and said are people's own words and may name a patient: they are shown with the case and nowhere else
select
    'change' as kept_in,
    event.decision_id as number,
    event.decided_at,
    event.decided_by,
    event.action,
    event.changed,
    event.note,
    contact.party,
    contact.channel,
    contact.spoke_with,
    contact.number as contact_number,
    contact.call_reference,
    contact.said,
    contact.promised,
    contact.promised_by,
    event.effective_on
from case_event as event
left join case_contact as contact on event.decision_id = contact.decision_id
where event.case_id = $case_id
union all
select
    'claim' as kept_in,
    claim_id as number,
    claimed_at as decided_at,
    claimed_by as decided_by,
    action,
    case when expires_at is null then '' else 'until ' || strftime(expires_at, '%Y-%m-%d %H:%M') || ' UTC' end as changed,
    cast(null as varchar) as note,
    cast(null as varchar) as party,
    cast(null as varchar) as channel,
    cast(null as varchar) as spoke_with,
    cast(null as varchar) as contact_number,
    cast(null as varchar) as call_reference,
    cast(null as varchar) as said,
    cast(null as varchar) as promised,
    cast(null as date) as promised_by,
    effective_on
from case_claim
where case_id = $case_id
order by decided_at, kept_in, number
