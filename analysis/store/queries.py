"""Named queries: one question a file under `analysis/sql`, answered as a frame whose money is exact.

A frame's columns are Arrow-backed: decimal128 money stays decimal, dates stay dates, text stays text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from analysis.problems import StoreProblem
from analysis.store.connection import Store
from analysis.store.statements import statement

_MONEY_WORDS = ("amount", "total", "balance", "variance", "explained", "difference", "charges")


def query(store: Store, name: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """The answer of the named query; grain and key are in the query's own header.

    Raises `StoreProblem` for a money column that is not an exact decimal.
    """
    table = query_table(store, name, parameters)
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def answer(cursor: duckdb.DuckDBPyConnection, name: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
    """The answer of the named query within a transaction that is open on `cursor`."""
    relation = cursor.sql(statement(name), params=dict(parameters or {}))
    if relation is None:
        raise StoreProblem(f"{name} answers nothing")
    return relation.to_arrow_table()


def query_table(
    store: Store,
    name: str,
    parameters: Mapping[str, Any] | None = None,
    instead: Mapping[str, pa.Table] | None = None,
) -> pa.Table:
    """The same as an Arrow table. A question with `as_of` sees what was known by the end of that day.

    `instead`: rows that stand in for the views of these names while it is asked.
    """
    day = (parameters or {}).get("as_of")
    with store.cursor() if day is None else store.pictures.of(day) as cursor:
        for view, rows in (instead or {}).items():
            cursor.register(view, rows)
        try:
            table = answer(cursor, name, parameters)
        finally:
            for view in instead or ():
                cursor.unregister(view)
    for field in table.schema:
        if pa.types.is_floating(field.type) and any(word in field.name for word in _MONEY_WORDS):
            raise StoreProblem(f"{name}: money column {field.name} is not an exact decimal")
    return table
