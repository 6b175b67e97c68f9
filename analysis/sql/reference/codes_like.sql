-- The codes of the lists in force that begin with a text or whose description holds it.
--
-- grain:   one row per list and code
-- key:     list_name, code
-- params:  code (text): upper case, without dots; words (text): lower case; most (integer): rows at most
-- example: code='E11', words='diabetes', most=200
-- units:   none
with in_force as (
    select list_name, max(code_list_id) as code_list_id
    from code_list
    group by list_name
)

select in_force.list_name, code_text.code, code_text.description
from code_text
inner join in_force on code_text.code_list_id = in_force.code_list_id
where starts_with(code_text.code, $code) or contains(lower(code_text.description), $words)
order by case when code_text.code = $code then 0 when starts_with(code_text.code, $code) then 1 else 2 end,
    in_force.list_name, code_text.code
limit $most
