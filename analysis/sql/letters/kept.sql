-- The letters that were printed, the newest first, without their bytes.
--
-- grain:   one row per letter
-- key:     letter_id
-- params:  case_id (text): only this case's; null for all
-- example: case_id = null
-- units:   printed_at in UTC; letter_date the day it was of
select
    letter.letter_id,
    'L' || lpad(cast(letter.letter_id as varchar), 7, '0') as letter_number,
    letter.letter_kind,
    letter.case_id,
    letter.letter_date,
    letter.addressee,
    letter.subject,
    event.decided_by as printed_by,
    event.decided_at as printed_at,
    letter.pdf_sha256
from letter
inner join case_event as event on letter.decision_id = event.decision_id
where $case_id is null or letter.case_id = $case_id
order by letter.letter_id desc
