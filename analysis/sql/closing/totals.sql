-- The figures of a day as they stood when it was prepared for closing.
--
-- grain:   one row per figure
-- key:     name
-- params:  closing_id (integer)
-- example: closing_id=1
-- units:   US dollars
select
    name,
    label,
    item_count,
    amount,
    definition
from closed_total
where closing_id = $closing_id
order by position
