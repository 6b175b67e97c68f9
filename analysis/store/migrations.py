"""The schema, as numbered SQL files, each applied once and whole; views are made anew each time the store opens."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from analysis.days import business_numbers
from analysis.problems import StoreNewer
from analysis.store.statements import statement

if TYPE_CHECKING:
    from analysis.store.connection import Store


def _numbered() -> list[tuple[int, Traversable]]:
    folder = files("analysis.store").joinpath("schema")
    return sorted((int(file.name[:4]), file) for file in folder.iterdir() if file.name.endswith(".sql"))


def _statements(folder: str) -> list[str]:
    views = files("analysis.sql").joinpath(folder)
    return [file.read_text("utf-8") for file in sorted(views.iterdir(), key=lambda file: file.name)]


def migrate(store: Store) -> None:
    """The store has the newest schema and views; `StoreNewer` where it already has a newer one."""
    store.write(_migrate)
    store.checkpoint()


def _migrate(cursor: duckdb.DuckDBPyConnection) -> None:
    cursor.execute(statement("store/version_table"))
    found = cursor.execute(statement("store/version")).fetchone()
    at = found[0] if found else 0
    steps = _numbered()
    if at > steps[-1][0]:
        raise StoreNewer(f"this store has schema {at}; this Tieout knows {steps[-1][0]}: update Tieout")
    for version, file in steps:
        if version > at:
            cursor.execute(file.read_text("utf-8"))
            cursor.execute(statement("store/record_version"), {"version": version})
    _fill_bank_days(cursor)
    for view in _statements("views"):
        cursor.execute(view)
    if cursor.execute(statement("store/undated_match_count")).fetchall() != [(0,)]:
        cursor.execute(statement("store/date_matches"))


def _fill_bank_days(cursor: duckdb.DuckDBPyConnection) -> None:
    """The calendar of business days stands in the store, so that windows are counted in SQL."""
    if cursor.execute(statement("store/bank_day_count")).fetchall() != [(0,)]:
        return
    numbers = business_numbers()
    columns = [pa.array(numbers.keys(), pa.date32()), pa.array(numbers.values(), pa.int32())]
    cursor.from_arrow(pa.table(columns, names=["calendar_day", "business_number"])).insert_into("bank_day")
