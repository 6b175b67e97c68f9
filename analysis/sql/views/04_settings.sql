-- Every setting that anyone has made, in order.
--
-- grain:   one row per change of a setting
-- key:     setting_id
-- params:  none
-- units:   value is JSON; decided_at in UTC
create or replace view settings as
select
    setting_id,
    name,
    value,
    effective_on,
    source,
    decided_by,
    decided_at
from setting
