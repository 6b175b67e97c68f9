-- That a deposit or remittance was given back: which item, why, by whom, from which day.
--
-- grain:   one row per item of it that was given back
-- key:     item_id
-- params:  side (text), fact_id (text)
-- example: side='bank', fact_id='1'
-- units:   version is the id of the decision, which releasing it must name
select
    decided_as as item_id,
    reason,
    decided_by,
    effective_on,
    decision_id as version
from item_standing
where standing = 'returned'
    and subject_id = decided_as
    and split_part(decided_as, '-', 1) = $side
    and split_part(decided_as, '-', 2) = $fact_id
order by decided_as
