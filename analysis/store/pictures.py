"""The store as it stood at the end of a day, ready for that day's questions.

Most views rest on the same few, and DuckDB plans and answers each of them anew wherever one is named: a question over
fifty views costs ten times what its rows do. A picture answers those few once, into tables of the same names in its own
cursor. What was answered while the store changed is asked again, so that no answer mixes what was with what is.
Of a large store only the links are copied, and since when which facts count: there the rows cost more than the
planning, and copies of them all would fill the memory. Answers themselves are kept too, as far as they are small,
since many reports and pages rest on the same ones.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

import duckdb
import pyarrow as pa

from analysis.store.statements import statement

TELLINGS = ("bank_tellings", "remittance_tellings")
"""The views that are copied from every store: a few numbers a row, dear to find out."""

FACTS = ("bank_transactions", "remittances", "posting_lines", "posting_batches")
COPIED = (*FACTS, "match_standing")
"""The views that are copied from a store that is not large, each before those that rest on it."""

MOST_FACTS = 100_000
"""Bank lines, remittances and posting lines up to which a picture is quicker than the views."""

_TRIES = 3
"""How often a question is asked while the store changes under it; after that in a transaction of its own, which the
changes do not reach."""

MOST_IDLE = 16
"""How many pictures wait for their next question; of a large store one."""

MOST_KEPT_BYTES = 64_000_000
"""How much of answers is kept; the oldest go first, and one of more than an eighth of it is not kept at all."""

Result = TypeVar("Result")
Cursor = duckdb.DuckDBPyConnection


def copy_views(cursor: Cursor, views: Sequence[str]) -> bool:
    """The views stand as tables of the same names in the cursor, until it is closed, and which facts count with them.

    False where the store is large, and only the latter are copied.
    """
    _copy(cursor, TELLINGS)
    if cursor.execute(statement("store/fact_count")).fetchall()[0][0] > MOST_FACTS:
        return False
    _copy(cursor, views)
    return True


class Pictures:
    """The pictures of an open store: each lent to one thread at a time, all of them gone when the store changes."""

    def __init__(self, new_cursor: Callable[[], Cursor]) -> None:
        self._new_cursor = new_cursor
        self._lock = threading.Lock()
        self._idle: list[tuple[date, Cursor]] = []
        self._changes = 0
        """Goes up where a change begins to be committed, and again where that is done: odd between the two."""
        self._is_large = False
        self._answers: dict[tuple[date, Hashable], pa.Table] = {}

    def answer(
        self, day: date, key: Hashable, question: Callable[[Cursor], pa.Table], copied: Sequence[str] = ()
    ) -> pa.Table:
        """The same as `ask`, kept under the key until the store changes."""
        with self._lock:
            before = self._changes
            kept = self._answers.get((day, key))
        if kept is not None:
            return kept
        found = self.ask(day, question, copied)
        with self._lock:
            if self._changes == before and before % 2 == 0 and found.nbytes * 8 <= MOST_KEPT_BYTES:
                self._answers[day, key] = found
                while sum(one.nbytes for one in self._answers.values()) > MOST_KEPT_BYTES:
                    del self._answers[next(iter(self._answers))]
        return found

    def ask(self, day: date, question: Callable[[Cursor], Result], copied: Sequence[str] = ()) -> Result:
        """What `question` answers on a cursor that sees the store as of that day.

        The views named by `copied` stand in it as tables too. It may be asked more than once.
        """
        for _ in range(_TRIES):
            before = self._settled()
            cursor = self._lent(day)
            try:
                _copy(cursor, copied)
                found = question(cursor)
            except BaseException:
                cursor.close()
                raise
            if self._give_back(before, day, cursor):
                return found
        cursor = self._new_cursor()
        try:
            cursor.execute("begin transaction")
            self._make(cursor, day)
            _copy(cursor, copied)
            return question(cursor)
        finally:
            cursor.close()

    def _settled(self) -> int:
        """The count of changes, once none is being committed."""
        while True:
            with self._lock:
                if self._changes % 2 == 0:
                    return self._changes
            time.sleep(0.002)

    def _lent(self, day: date) -> Cursor:
        with self._lock:
            place = next((number for number, (of, _) in enumerate(self._idle) if of == day), None)
            if place is not None:
                return self._idle.pop(place)[1]
        cursor = self._new_cursor()
        try:
            self._make(cursor, day)
        except BaseException:
            cursor.close()
            raise
        return cursor

    def _make(self, cursor: Cursor, day: date) -> None:
        cursor.register("reporting_day", pa.table({"day": [day]}))
        self._is_large = not copy_views(cursor, COPIED)
        cursor.execute(statement("day/copy_links"), {"as_of": day})

    def _give_back(self, before: int, day: date, cursor: Cursor) -> bool:
        """The picture waits for its next question; False, and it is closed, where the store has changed since."""
        with self._lock:
            is_true = self._changes == before
            closing = [cursor]
            if is_true:
                self._idle.append((day, cursor))
                kept = 1 if self._is_large else MOST_IDLE
                closing = [one for _, one in self._idle[:-kept]]
                del self._idle[:-kept]
        for one in closing:
            one.close()
        return is_true

    @contextmanager
    def changing(self) -> Iterator[None]:
        """While a change is committed: what is answered until its end is asked again."""
        self._step()
        try:
            yield
        finally:
            self._step()

    def _step(self) -> None:
        with self._lock:
            self._changes += 1
        self.forget()

    def forget(self) -> None:
        """No picture waits any more, and no answer is kept."""
        with self._lock:
            closing, self._idle = self._idle, []
            self._answers = {}
        for _, one in closing:
            one.close()


def _copy(cursor: Cursor, views: Sequence[str]) -> None:
    for view in views:
        cursor.execute(f"create temp table if not exists {view} as from {view}")
