-- Every list of instructions that went to the billing system up to a day.
--
-- grain:   one row per list
-- key:     list_id
-- params:  as_of (date): later lists do not exist yet
-- units:   US dollars; content_hash is SHA-256 over the list's rows
select
    billing_list.list_id,
    decision.effective_on as sent_on,
    decision.decided_by as sent_by,
    decision.decided_at,
    billing_list.instruction_count,
    billing_list.total_amount,
    billing_list.content_hash
from billing_list
inner join decision on billing_list.decision_id = decision.decision_id
where decision.effective_on <= $as_of
order by billing_list.list_id desc
