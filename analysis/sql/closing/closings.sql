-- Every time that a day, or any day, was prepared for closing, the newest first.
--
-- grain:   one row per preparation
-- key:     closing_id
-- params:  day (date, null for all)
-- example: day=null
-- units:   times in UTC; status is prepared, replaced, closed or reopened
select
    closing_id,
    day,
    status,
    prepared_by,
    prepared_at,
    note,
    reviewed_by,
    reviewed_at,
    review_note,
    reopened_by,
    reopened_at,
    reopened_for,
    content_hash,
    fact_count,
    link_count,
    decision_count
from closings
where cast($day as date) is null or day = $day
order by closing_id desc
