-- The CMS-838 reports that were certified up to a day.
--
-- grain:   one row per report
-- key:     report_id
-- params:  as_of (date): later certifications do not exist yet
-- units:   US dollars; content_hash is SHA-256 over the detail page
select
    report.report_id,
    report.quarter_end,
    report.line_count,
    report.credit_amount,
    report.repaid_amount,
    report.content_hash,
    decision.decided_by as certified_by,
    decision.effective_on as certified_on,
    decision.reason
from cms_838_report as report
inner join decision on report.decision_id = decision.decision_id
where decision.effective_on <= $as_of
order by report.report_id
