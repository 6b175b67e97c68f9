-- The next so many ids of a kind are taken.
--
-- grain:   a statement, one row written
-- key:     none
-- params:  counter_name (text), how_many (integer)
-- units:   none
update id_counter
set last_id = last_id + $how_many
where counter_name = $counter_name
returning last_id
