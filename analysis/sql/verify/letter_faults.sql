-- Letters whose bytes are not those that were printed, or that are no contact of their case.
--
-- grain:   one row per letter
-- key:     letter_id
-- params:  none
-- units:   none
select
    letter.letter_id,
    letter.case_id,
    sha256(letter.pdf) <> letter.pdf_sha256 as is_otherwise
from letter
left join case_contact as contact on letter.decision_id = contact.decision_id and letter.case_id = contact.case_id
where sha256(letter.pdf) <> letter.pdf_sha256 or contact.decision_id is null
order by letter.letter_id
