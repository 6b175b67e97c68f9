"""The store as it stood at the end of a day, ready for that day's questions.

Most views rest on the same few, and DuckDB plans and answers each of them anew wherever one is named: a question over
fifty views costs ten times what its rows do. A picture answers those few once, into tables of the same names in its own
cursor, within one read transaction, so that every question to it sees the same facts.
Of a large store only the links are copied: there the rows cost more than the planning, and copies of them all would
fill the memory.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import duckdb
import pyarrow as pa

from analysis.store.statements import statement

FACTS = ("bank_transactions", "remittances", "posting_lines", "posting_batches")
COPIED = (*FACTS, "match_standing")
"""The views that are copied from a store that is not large, each before those that rest on it."""

MOST_FACTS = 100_000
"""Bank lines, remittances and posting lines up to which a picture is quicker than the views."""

MOST_IDLE = 16
"""How many pictures wait for their next question; of a large store one."""


def copy_views(cursor: duckdb.DuckDBPyConnection, views: Sequence[str]) -> bool:
    """The views stand as tables of the same names in the cursor, until it is closed.

    False, and nothing is copied, where the store is large.
    """
    if cursor.execute(statement("store/fact_count")).fetchall()[0][0] > MOST_FACTS:
        return False
    for view in views:
        cursor.execute(f"create temp table {view} as from {view}")
    return True


class Pictures:
    """The pictures of an open store: each lent to one thread at a time, all of them gone when the store changes."""

    def __init__(self, new_cursor: Callable[[], duckdb.DuckDBPyConnection]) -> None:
        self._new_cursor = new_cursor
        self._lock = threading.Lock()
        self._idle: list[tuple[date, duckdb.DuckDBPyConnection]] = []
        self._generation = 0
        self._is_large = False

    @contextmanager
    def of(self, day: date) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor that sees the store as of that day."""
        with self._lock:
            generation = self._generation
            place = next((number for number, (of, _) in enumerate(self._idle) if of == day), None)
            cursor = None if place is None else self._idle.pop(place)[1]
        if cursor is None:
            cursor = self._taken(day)
        try:
            yield cursor
        except BaseException:
            cursor.close()
            raise
        self._give_back(generation, day, cursor)

    def _taken(self, day: date) -> duckdb.DuckDBPyConnection:
        cursor = self._new_cursor()
        try:
            cursor.execute("begin transaction")
            cursor.register("reporting_day", pa.table({"day": [day]}))
            self._is_large = not copy_views(cursor, COPIED)
            cursor.execute(statement("day/copy_links"), {"as_of": day})
        except BaseException:
            cursor.close()
            raise
        return cursor

    def _give_back(self, generation: int, day: date, cursor: duckdb.DuckDBPyConnection) -> None:
        with self._lock:
            closing = [cursor]
            if generation == self._generation:
                self._idle.append((day, cursor))
                kept = 1 if self._is_large else MOST_IDLE
                closing = [one for _, one in self._idle[:-kept]]
                del self._idle[:-kept]
        for one in closing:
            one.close()

    def forget(self) -> None:
        """The store has changed, or is about to be closed: no picture of before is shown any more."""
        with self._lock:
            self._generation += 1
            closing, self._idle = self._idle, []
        for _, one in closing:
            one.close()
