"""What the facts of a store tell by the end of a day, worked out once and lent to every cursor that asks of that day.

Only a load adds facts and nothing takes any away, and only the re-opening of a day alters since when they count: until
then they stay as they are, whatever is decided. Many views rest on these, and DuckDB plans and answers each of them
anew wherever one is named.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Set
from datetime import date
from typing import TypeVar

import duckdb
import pyarrow as pa

from analysis.store.asking import arrow_rows
from analysis.store.statements import statement

TELLINGS = ("bank_tellings", "remittance_tellings")
"""What counts and since when: a few numbers a row, dear to find out, and copied from a store of any size."""

KEYS = ("deposit_keys", "remittance_keys", "batch_advice")
"""What the rules match by."""

LENT: tuple[str, ...] = (
    *TELLINGS,
    *("bank_transactions", "remittances", "posting_lines", "posting_batches", "remittance_balances", "linkable_facts"),
    *KEYS,
    *("offer_keys", "takeback_references", "day_legs", "unapplied_batches"),
)
"""The views of facts alone that are lent, each after those that it rests on."""

MOST_FACTS = 100_000
"""Bank lines, remittances and posting lines up to which copies are quicker than the views."""

MOST_KEPT_BYTES = 64_000_000
"""How much of facts is kept, and how much of answers; the oldest go first, and one of more than an eighth of it is not
kept at all."""

Key = TypeVar("Key")
Cursor = duckdb.DuckDBPyConnection
Version = tuple[int, int, int]
"""What `store/facts_version` answers: the same while facts are the same."""


def copy_views(cursor: Cursor, views: Iterable[str]) -> None:
    """The views stand as tables of the same names in the cursor, until it is closed; one that does already stays."""
    for view in views:
        cursor.execute(f"create temp table if not exists {view} as from {view}")


def keep(kept: dict[Key, pa.Table], key: Key, rows: pa.Table) -> None:
    """The rows stand under the key, and what is kept stays within `MOST_KEPT_BYTES`."""
    if rows.nbytes * 8 <= MOST_KEPT_BYTES:
        kept[key] = rows
        while sum(one.nbytes for one in kept.values()) > MOST_KEPT_BYTES:
            del kept[next(iter(kept))]


class Facts:
    """The facts of an open store by view and day, as far as they are not many; threads share them."""

    def __init__(self) -> None:
        self.is_large = True
        """Whether they are many, as last seen."""
        self._lock = threading.Lock()
        self._version: Version = (0, 0, 0)
        self._kept: dict[tuple[str, date], pa.Table] = {}

    def are_many(self, cursor: Cursor) -> bool:
        """Whether the store is large: its facts are read by the views then, and only `TELLINGS` are copied."""
        self.is_large = int(cursor.execute(statement("store/fact_count")).fetchall()[0][0]) > MOST_FACTS
        return self.is_large

    def lend(self, cursor: Cursor, day: date, below: Set[str], lent: set[str]) -> None:
        """What `below` names of facts stands in the cursor, whose views see them by the end of that day.

        `lent`: what stands there already; it grows by what is new.
        """
        wanted = [view for view in LENT if view in below and view not in lent]
        if not wanted:
            return
        lent.update(wanted)
        if self.are_many(cursor):
            copy_views(cursor, set(wanted) & set(TELLINGS))
            return
        version = _version(cursor)
        fresh = {}
        for view in wanted:
            rows = self._kept_rows(view, day, version)
            if rows is None:
                rows = fresh[view, day] = _rows(cursor, view)
            cursor.register(view, rows)
        if fresh and version == _version(cursor):
            self._keep(fresh, version)

    def _kept_rows(self, view: str, day: date, version: Version) -> pa.Table | None:
        with self._lock:
            return self._kept.get((view, day)) if version == self._version else None

    def _keep(self, fresh: dict[tuple[str, date], pa.Table], version: Version) -> None:
        with self._lock:
            if version != self._version:
                self._version, self._kept = version, {}
            for key, rows in fresh.items():
                keep(self._kept, key, rows)


def _rows(cursor: Cursor, view: str) -> pa.Table:
    return arrow_rows(cursor, f"from {view}")


def _version(cursor: Cursor) -> Version:
    found: list[Version] = cursor.execute(statement("store/facts_version")).fetchall()
    return found[0]
