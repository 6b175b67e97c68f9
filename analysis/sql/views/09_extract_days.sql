-- The day that each file of accounts speaks of.
--
-- grain:   one row per file of accounts
-- key:     file_id
-- params:  none
-- units:   a date
-- note:    is_assumed: the file says none, and the latest date in it was taken. Such a file speaks of no earlier day than one
--          that came before it, whose balances it replaces
create or replace view extract_days as
with of_file as (
    select
        account.file_id,
        max(account.extract_date) as day,
        bool_or(finding.file_id is not null) as is_assumed
    from account
    left join file_finding as finding on account.file_id = finding.file_id and finding.code = 'extract_date_assumed'
    group by account.file_id
)

select
    file_id,
    max(day) over (order by file_id) as day,
    is_assumed
from of_file
