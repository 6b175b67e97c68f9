-- The credits that one certified CMS-838 told Medicare of.
--
-- grain:   one row per credit of the report
-- key:     account_number
-- params:  report_id (integer)
-- example: report_id = 1
-- units:   US dollars
select account_number, credit_date, credit_amount, repaid_amount, reason_code
from cms_838_line
where report_id = $report_id
order by account_number
