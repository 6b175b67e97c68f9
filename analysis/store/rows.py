"""Arrow tables into the store's tables: ids made from file and place, columns put in the table's order."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import numpy as np
import pyarrow as pa

from analysis.intake.parsed import PLACES_PER_FILE
from analysis.problems import StoreProblem
from analysis.store.statements import statement

Columns = Mapping[str, tuple[str, ...]]


def table_columns(cursor: duckdb.DuckDBPyConnection) -> Columns:
    """Each table's columns in order. Asked once: every store that is open has the newest schema."""
    if not _COLUMNS:
        found: dict[str, list[str]] = {}
        for table, column, _, _ in cursor.execute(statement("store/columns")).fetchall():
            found.setdefault(table, []).append(column)
        _COLUMNS.update({table: tuple(columns) for table, columns in found.items()})
    return _COLUMNS


_COLUMNS: dict[str, tuple[str, ...]] = {}


def next_id(cursor: duckdb.DuckDBPyConnection, counter: str, how_many: int) -> int:
    """The last of the next `how_many` ids of that kind, now taken."""
    parameters = {"counter_name": counter, "how_many": how_many}
    found = cursor.execute(statement("store/next_ids"), parameters).fetchall()
    if not found:
        raise StoreProblem(f"the store has no counter {counter}")
    return int(found[0][0])


def insert_rows(cursor: duckdb.DuckDBPyConnection, columns: Columns, name: str, rows: pa.Table) -> None:
    """The rows stand in the store's table `name`; columns they lack are null.

    `file_id` and `place` give the table's own id; `x_place` gives the id column `x_id`.
    """
    if rows.num_rows == 0:
        return
    unknown = set(rows.column_names) - set(columns[name]) - {f"{one[:-3]}_place" for one in columns[name]}
    if unknown:
        raise AssertionError(f"{name} has no columns {sorted(unknown)}")
    arrays = [_column(rows, name, column, columns[name]) for column in columns[name]]
    cursor.from_arrow(pa.table(arrays, names=list(columns[name]))).insert_into(name)


def _column(rows: pa.Table, name: str, column: str, own: tuple[str, ...]) -> pa.ChunkedArray | pa.Array:
    if column in rows.column_names:
        return rows[column]
    source = f"{column[:-3]}_place"
    if column.endswith("_id") and source in rows.column_names:
        return _ids(rows, source)
    if column == own[0] and column.endswith("_id"):
        return _ids(rows, "place")
    return pa.nulls(rows.num_rows)


def _ids(rows: pa.Table, source: str) -> pa.Array:
    places = rows[source].combine_chunks()
    base = rows["file_id"].to_numpy() * PLACES_PER_FILE
    if places.null_count == 0:
        return pa.array(base + places.to_numpy(zero_copy_only=False).astype(np.int64))
    is_missing = np.asarray(places.is_null())
    return pa.array(base + np.asarray(places.fill_null(0)).astype(np.int64), mask=is_missing)
