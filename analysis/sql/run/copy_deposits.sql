-- Bank credits that the rules may take, copied for a run.
--
-- grain:   a statement, a working table made
-- key:     none
-- params:  as_of (date): later facts are not yet known
-- units:   US dollars
-- note:    not those that a person gave back; those held stay until the rules have judged, for they may be what others tie with
create temp table open_deposits as
select
    bank_transaction_id,
    fact_id,
    file_id,
    known_on,
    open_amount,
    posted_date,
    posted_number,
    bank_account,
    line_kind,
    company_key,
    company_name,
    item_count,
    has_trace,
    told_by_entry_id,
    is_posted
from open_deposits
where known_on <= $as_of
    and fact_id not in (select held_facts.fact_id from held_facts where held_facts.side = 'bank' and held_facts.standing = 'returned')
