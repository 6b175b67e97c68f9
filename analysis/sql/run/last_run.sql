-- What the last run of the rules that still stands had seen.
--
-- grain:   one row, none before the first run
-- key:     run_id
-- params:  none
-- units:   ids of the newest file and decision that it had seen; as_of_date is the day it ran as of
with undone as (
    select undoes_run_id
    from match_run
    where undoes_run_id is not null
)

select
    run_id,
    as_of_date,
    last_file_id,
    last_decision_id,
    rules_key
from match_run
where kind = 'rules' and last_file_id is not null and run_id not in (select undone.undoes_run_id from undone)
order by run_id desc
limit 1
