-- How many rows all tables of the store hold.
--
-- grain:   one row
-- key:     row_count
-- params:  none
-- units:   rows, by DuckDB's own count of each table
select coalesce(sum(estimated_size), 0)::bigint as row_count
from duckdb_tables()
where database_name = current_database()
