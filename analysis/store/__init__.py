"""The store: one DuckDB file, its schema, one-transaction saves and named queries. The only home of duckdb."""

from analysis.store.connection import Store, open_store
from analysis.store.queries import query

__all__ = ["Store", "open_store", "query"]
