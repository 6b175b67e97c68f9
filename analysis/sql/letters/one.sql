-- One letter as it was printed, with its bytes.
--
-- grain:   one row, or none
-- key:     letter_id
-- params:  letter_id (integer)
-- example: letter_id = 1
-- units:   none
select
    letter_id,
    case_id,
    letter_kind,
    letter_date,
    letterhead,
    addressee,
    address,
    subject,
    body,
    pdf,
    pdf_sha256
from letter
where letter_id = $letter_id
