"""Writing matches: a run, its groups and their sides, into an open transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from analysis.money import ZERO
from analysis.store.queries import answer
from analysis.store.rows import insert_rows, next_id, table_columns
from analysis.store.statements import statement


class MatchWriter:
    """Writes into the open transaction of `cursor`; nothing is committed here."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self.cursor = cursor
        self.columns = table_columns(cursor)

    def start_run(self, run_by: str, as_of: date) -> int:
        """A new run is recorded; returns its id."""
        run_id = next_id(self.cursor, "run", 1)
        now = datetime.now(UTC).replace(tzinfo=None)
        row = {"run_id": run_id, "started_at": now, "run_by": run_by, "as_of_date": as_of}
        insert_rows(self.cursor, self.columns, "match_run", pa.Table.from_pylist([row]))
        return run_id

    def drop_run(self, run_id: int) -> None:
        """A run that matched nothing leaves no row."""
        self.cursor.execute(statement("store/drop_run"), {"run_id": run_id})

    def add(
        self, run_id: int, rule: str, query: str, parameters: Mapping[str, Any], status: str, confidence: Decimal
    ) -> tuple[int, Decimal]:
        """The groups that the rule's query finds stand in the store; returns how many and their US dollars.

        The query gives group_number, side, fact_id, amount, explanation. The dollars are those of the side that comes
        first by name.
        """
        sides = answer(self.cursor, query, parameters)
        if sides.num_rows == 0:
            return 0, ZERO
        numbers = sides["group_number"].combine_chunks().dictionary_encode()
        groups = len(numbers.dictionary)
        first = next_id(self.cursor, "match", groups) - groups + 1
        match_ids = pc.add(pa.array(numbers.indices, pa.int64()), first)
        sides = sides.append_column("match_id", match_ids)
        leading = sides.filter(pc.equal(sides["side"], pc.min(sides["side"])))
        insert_rows(self.cursor, self.columns, "match_side", sides.select(["match_id", "side", "fact_id", "amount"]))
        own = sides.group_by("match_id").aggregate([("explanation", "min")]).rename_columns(["match_id", "explanation"])
        count = own.num_rows
        group_rows = own.append_column("run_id", pa.array([run_id] * count, pa.int64()))
        group_rows = group_rows.append_column("rule", pa.array([rule] * count))
        group_rows = group_rows.append_column("status", pa.array([status] * count))
        group_rows = group_rows.append_column("confidence", pa.array([confidence] * count, pa.decimal128(5, 2)))
        insert_rows(self.cursor, self.columns, "match_group", group_rows)
        return groups, pc.sum(leading["amount"]).as_py()
