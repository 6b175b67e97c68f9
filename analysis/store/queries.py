"""Named queries: one question a file under `analysis/sql`, answered as a frame whose money is exact.

A frame's columns are Arrow-backed: decimal128 money stays decimal, dates stay dates, text stays text.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from analysis.problems import StoreProblem
from analysis.store.asking import arrow_rows, many_arrow_rows
from analysis.store.connection import MEMORY_VARIABLE, Store
from analysis.store.facts import TELLINGS
from analysis.store.statements import statement, views_below, with_views_below

_MONEY_WORDS = ("amount", "total", "balance", "variance", "explained", "difference", "charges")


def query(store: Store, name: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """The answer of the named query; grain and key are in the query's own header.

    Raises `StoreProblem` for a money column that is not an exact decimal.
    """
    table = query_table(store, name, parameters)
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def answer(
    cursor: duckdb.DuckDBPyConnection,
    name: str,
    parameters: Mapping[str, Any] | None = None,
    is_large: bool = False,
) -> pa.Table:
    """The answer of the named query on `cursor`; `is_large`: whether its rows may be very many."""
    return (many_arrow_rows if is_large else arrow_rows)(cursor, statement(name), parameters)


def query_table(
    store: Store,
    name: str,
    parameters: Mapping[str, Any] | None = None,
    instead: Mapping[str, pa.Table] | None = None,
    copied: Sequence[str] = (),
    day: date | None = None,
) -> pa.Table:
    """The same as an Arrow table. A question with `as_of` sees what was known by the end of that day, another all.

    `day`: that day, for a question that does not name it itself. `instead`: rows that stand in for the views of these
    names while it is asked. `copied`: views to be worked out on their own first, so that a question about very many
    rows is answered in steps, each within the memory given.
    Raises `StoreProblem` where that memory does not do.
    """
    day = (parameters or {}).get("as_of", day)
    below = views_below(name, frozenset(instead or {})).union(*map(with_views_below, copied))
    needs_picture = bool(below) if day is not None else not below.isdisjoint(TELLINGS)

    def ask(cursor: duckdb.DuckDBPyConnection) -> pa.Table:
        return _answer_with(cursor, name, parameters, instead or {}, store.facts.is_large)

    try:
        if not needs_picture:
            with store.cursor() as cursor:
                table = ask(cursor)
        elif (key := _key(name, parameters or {}, instead)) is not None:
            table = store.pictures.answer(day or date.max, key, ask, below, copied)
        else:
            table = store.pictures.ask(day or date.max, ask, below, copied)
    except duckdb.OutOfMemoryException:
        raise StoreProblem(f"{name} needs more memory than it was given; set {MEMORY_VARIABLE}, such as 8GB") from None
    for field in table.schema:
        if pa.types.is_floating(field.type) and any(word in field.name for word in _MONEY_WORDS):
            raise StoreProblem(f"{name}: money column {field.name} is not an exact decimal")
    return table


def query_whole(store: Store, name: str) -> pa.Table:
    """The answer of the named query, which has no parameters, over all that was ever known, as an Arrow table."""

    def ask(cursor: duckdb.DuckDBPyConnection) -> pa.Table:
        return answer(cursor, name, is_large=store.facts.is_large)

    return store.pictures.ask(date.max, ask, views_below(name))


def _key(name: str, parameters: Mapping[str, Any], instead: Mapping[str, pa.Table] | None) -> Hashable | None:
    """What the answer depends on beside the store; None where that cannot be told."""
    key = (name, tuple(sorted(parameters.items())))
    try:
        hash(key)
    except TypeError:
        return None
    return None if instead else key


def _answer_with(
    cursor: duckdb.DuckDBPyConnection,
    name: str,
    parameters: Mapping[str, Any] | None,
    instead: Mapping[str, pa.Table],
    is_large: bool,
) -> pa.Table:
    for view, rows in instead.items():
        cursor.register(view, rows)
    try:
        return answer(cursor, name, parameters, is_large)
    finally:
        for view in instead:
            cursor.unregister(view)
