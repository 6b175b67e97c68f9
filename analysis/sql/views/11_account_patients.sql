-- Each account's patient by a key that several spellings of the name share.
--
-- grain:   one row per account of each extract that names its patient
-- key:     account_id
-- params:  none
-- units:   patient_key: the words of the name in order of the alphabet, upper case, without marks and single letters, and the
--          date of birth, so that ROE, JANE M and Jane Roe born on one day are one patient
create or replace view account_patients as
select
    account_id,
    array_to_string(list_sort(regexp_extract_all(upper(patient_name), '\p{L}{2,}')), ' ')
    || ' ' || cast(date_of_birth as varchar) as patient_key
from account
where patient_name is not null and date_of_birth is not null
