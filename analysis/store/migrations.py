"""The schema, as numbered SQL files, each applied once and whole; views are made anew when their text has changed."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from analysis.days import business_numbers
from analysis.problems import StoreNewer
from analysis.store.statements import statement, views

if TYPE_CHECKING:
    from analysis.store.connection import Store


def _numbered() -> list[tuple[int, Traversable]]:
    folder = files("analysis.store").joinpath("schema")
    return sorted((int(file.name[:4]), file) for file in folder.iterdir() if file.name.endswith(".sql"))


@cache
def _text_of_views() -> str:
    """A hash of the views' text and of the DuckDB that made them."""
    return hashlib.sha256("\0".join((duckdb.__version__, *views().values())).encode()).hexdigest()


def migrate(store: Store) -> None:
    """The store has the newest schema and views; `StoreNewer` where it already has a newer one."""
    store.write(_migrate)
    store.checkpoint()


def _migrate(cursor: duckdb.DuckDBPyConnection) -> None:
    cursor.execute(statement("store/version_table"))
    cursor.execute(statement("store/views_table"))
    found = cursor.execute(statement("store/version")).fetchone()
    at = found[0] if found else 0
    steps = _numbered()
    if at > steps[-1][0]:
        raise StoreNewer(f"this store has schema {at}; this Tieout knows {steps[-1][0]}: update Tieout")
    if at == steps[-1][0] and cursor.execute(statement("store/views_made")).fetchall() == [(_text_of_views(),)]:
        return
    for version, file in steps:
        if version > at:
            cursor.execute(file.read_text("utf-8"))
            cursor.execute(statement("store/record_version"), {"version": version})
    _fill_bank_days(cursor)
    for view in views().values():
        cursor.execute(view)
    if cursor.execute(statement("store/undated_match_count")).fetchall() != [(0,)]:
        cursor.execute(statement("store/date_matches"))
    cursor.execute(statement("store/forget_views"))
    cursor.execute(statement("store/record_views"), {"text_hash": _text_of_views()})


def _fill_bank_days(cursor: duckdb.DuckDBPyConnection) -> None:
    """The calendar of business days stands in the store, so that windows are counted in SQL."""
    if cursor.execute(statement("store/bank_day_count")).fetchall() != [(0,)]:
        return
    numbers = business_numbers()
    columns = [pa.array(numbers.keys(), pa.date32()), pa.array(numbers.values(), pa.int32())]
    cursor.from_arrow(pa.table(columns, names=["calendar_day", "business_number"])).insert_into("bank_day")
