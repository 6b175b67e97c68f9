-- The credits that certified reports of earlier quarters told Medicare of, each as it was told last.
--
-- grain:   one row per account and day its credit began
-- key:     account_number, credit_date
-- params:  quarter_end (date): only reports of quarters before that one
-- example: quarter_end = 2026-12-31
-- units:   US dollars
with ranked as (
    select
        account_number,
        credit_date,
        credit_amount,
        repaid_amount,
        reason_code,
        quarter_end,
        row_number() over (partition by account_number, credit_date order by quarter_end desc, report_id desc) as newness
    from cms_838_line
    where quarter_end < $quarter_end
)

select account_number, credit_date, credit_amount, repaid_amount, reason_code, quarter_end
from ranked
where newness = 1
order by account_number, credit_date
