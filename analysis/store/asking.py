"""Asking DuckDB for Arrow rows."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa

from analysis.problems import StoreProblem

warnings.filterwarnings("ignore", "Arrow output on a DB-API result makes an extra copy", UserWarning)
"""It does, of a few rows, and in return their question is planned once: a relation is planned when it is made, for its
columns, and again when it answers, which is a quarter of the time of a question over many views."""


def arrow_rows(cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
    """What a question of a store that is not large answers."""
    return cursor.execute(sql, dict(parameters or {})).to_arrow_table()


def many_arrow_rows(
    cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None = None
) -> pa.Table:
    """The same where the rows may be so many that another copy of them would be dear."""
    relation = cursor.sql(sql, params=dict(parameters or {}))
    if relation is None:
        raise StoreProblem("a statement answers nothing")
    return relation.to_arrow_table()
