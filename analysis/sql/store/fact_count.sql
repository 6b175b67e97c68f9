-- How many facts the store holds of the kinds that views are asked about most, near enough.
--
-- grain:   one row
-- key:     fact_count
-- params:  none
-- units:   rows, by DuckDB's own count of each table
select coalesce(sum(estimated_size), 0)::bigint as fact_count
from duckdb_tables()
where database_name = current_database() and table_name in ('bank_transaction', 'remittance', 'posting_line')
