"""Column mappings in the store: saved, withdrawn, and those in force. Each is an event with who and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb
import pandas as pd
import pyarrow as pa

from analysis.intake.column_mapping import ColumnMapping
from analysis.intake.recognise import recognise
from analysis.intake.table_kinds import normalised
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store.connection import Store
from analysis.store.queries import answer, query
from analysis.store.rows import insert_rows, next_id, table_columns

MAPPABLE = ("unknown_table", "unknown_text")
"""Kinds of files, as they are recognised, that a mapping may read."""


def mappings_in_force(cursor: duckdb.DuckDBPyConnection) -> dict[str, ColumnMapping]:
    """The mappings in force by the fingerprint of their headings."""
    found: dict[str, ColumnMapping] = {}
    columns: dict[str, dict[str, str]] = {}
    for row in answer(cursor, "mappings/in_force").to_pylist():
        of_mapping = columns.setdefault(row["fingerprint"], {})
        if row["column_name"] is not None:
            of_mapping[row["heading_key"]] = row["column_name"]
        found[row["fingerprint"]] = ColumnMapping(
            row["fingerprint"], row["kind"], of_mapping, row["flips_sign"], row["date_order"]
        )
    return found


def mappings(store: Store) -> pd.DataFrame:
    """The mappings in force. Grain: one row per mapping; `mapped_columns` in words; times in UTC."""
    return query(store, "mappings/listed")


def save_mapping(store: Store, data: bytes, headings: Sequence[str], mapping: ColumnMapping, saved_by: str) -> int:
    """Tables with these headings are read through the mapping from now on; returns its number.

    `data` is the table that it was made for: `RequestRefused` where that is one of our kinds by itself.
    """
    if recognise(data).loadable:
        raise RequestRefused("this file needs no mapping: it is recognised by itself")

    def work(cursor: duckdb.DuckDBPyConnection) -> int:
        number = next_id(cursor, "mapping", 1)
        _append(cursor, number, "save", mapping, saved_by)
        keys = [normalised(heading) for heading in headings]
        rows = {
            "mapping_id": [number] * len(keys),
            "position": list(range(1, len(keys) + 1)),
            "heading": list(headings),
            "heading_key": keys,
            "column_name": [mapping.columns.get(key) for key in keys],
        }
        table = pa.table(rows).set_column(4, "column_name", pa.array(rows["column_name"], pa.string()))
        insert_rows(cursor, table_columns(cursor), "column_mapping_heading", table)
        return number

    return store.write(work)


def withdraw_mapping(store: Store, mapping_id: int, withdrawn_by: str) -> None:
    """Tables with its headings are unknown again; what was loaded through it stays.

    `DecisionRefused` where the mapping is not in force any more.
    """

    def work(cursor: duckdb.DuckDBPyConnection) -> None:
        rows = answer(cursor, "mappings/in_force").to_pylist()
        fingerprint = next((row["fingerprint"] for row in rows if row["mapping_id"] == mapping_id), None)
        if fingerprint is None:
            raise DecisionRefused(f"mapping {mapping_id} is not in force: it was withdrawn or saved anew; look again")
        _append(cursor, next_id(cursor, "mapping", 1), "withdraw", mappings_in_force(cursor)[fingerprint], withdrawn_by)

    store.write(work)


def _append(
    cursor: duckdb.DuckDBPyConnection, number: int, action: str, mapping: ColumnMapping, recorded_by: str
) -> None:
    """One more event about the mapping's headings."""
    row = {
        "mapping_id": number,
        "fingerprint": mapping.fingerprint,
        "action": action,
        "kind": mapping.kind,
        "flips_sign": mapping.flips_sign,
        "date_order": mapping.date_order,
        "recorded_by": recorded_by,
        "recorded_at": datetime.now(UTC).replace(tzinfo=None),
    }
    insert_rows(cursor, table_columns(cursor), "column_mapping", pa.Table.from_pylist([row]))
