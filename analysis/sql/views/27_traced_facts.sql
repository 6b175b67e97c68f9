-- The facts whose money is followed.
--
-- grain:   one row per fact
-- key:     what, seed_id
-- params:  none
-- units:   none; is_whole: all that belongs to the fact is followed too, else only what is named itself
-- note:    here everything, as if one had searched for all; a search puts the facts that it follows in its place
create or replace view traced_facts as
select
    what,
    seed_id,
    true as is_whole
from known_facts
