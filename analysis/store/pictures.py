"""The store as it stood at the end of a day, ready for that day's questions.

A question over fifty views costs ten times what its rows do, in planning. So a picture's cursor is lent what the
question needs of the facts of its day (`store.facts`), and answers the views that others rest on but once, one after
another, into tables of the same names. What was answered while the store changed is asked again, so that no answer
mixes what was with what is. Of a large store only the links are copied, and since when which facts count: there the
rows cost more than the planning, and copies of them all would fill the memory. Answers themselves are kept too, as far
as they are small, since many reports and pages rest on the same ones.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import duckdb
import pyarrow as pa

from analysis.store.facts import Facts, copy_views, keep

_TRIES = 3
"""How often a question is asked while the store changes under it; after that in a transaction of its own, which the
changes do not reach."""

STANDING: tuple[str, ...] = (
    *("match_standing", "match_links", "parked_lots", "rejected_standing", "linked_pairs", "sent_money"),
    *("takeback_entries", "item_standing", "linked_amounts", "takeback_items", "item_candidates", "match_remainders"),
    *("payer_aliases", "tied_matches", "items_of_day", "open_items", "remittance_legs", "tied_pairs"),
    *("batch_adjustments", "batch_claims", "batch_states", "deposit_states", "open_deposits", "remittance_states"),
    *("open_remittances", "deposit_places", "credit_accounts", "refunds"),
)
"""The views that a picture answers once: what was decided and what follows from it, each after those it rests on."""

STANDING_OF_LARGE = ("linked_amounts", "tied_matches")
"""Those of them that a picture of a large store answers once: a few numbers a match."""

MOST_IDLE = 16
"""How many pictures wait for their next question; of a large store one."""

Result = TypeVar("Result")
Cursor = duckdb.DuckDBPyConnection


@dataclass(slots=True)
class _Picture:
    """A cursor that sees the store as of a day; `has`: the views that stand in it as tables."""

    day: date
    cursor: Cursor
    is_large: bool
    has: set[str] = field(default_factory=set)


class Pictures:
    """The pictures of an open store: each lent to one thread at a time, all of them gone when the store changes."""

    def __init__(self, new_cursor: Callable[[], Cursor], facts: Facts) -> None:
        self._new_cursor = new_cursor
        self._facts = facts
        self._lock = threading.Lock()
        self._idle: list[_Picture] = []
        self._changes = 0
        """Goes up where a change begins to be committed, and again where that is done: odd between the two."""
        self._answers: dict[tuple[date, Hashable], pa.Table] = {}

    def answer(
        self,
        day: date,
        key: Hashable,
        question: Callable[[Cursor], pa.Table],
        below: Set[str],
        copied: Sequence[str] = (),
    ) -> pa.Table:
        """The same as `ask`, kept under the key until the store changes."""
        with self._lock:
            before = self._changes
            kept = self._answers.get((day, key))
        if kept is not None:
            return kept
        found = self.ask(day, question, below, copied)
        with self._lock:
            if self._changes == before and before % 2 == 0:
                keep(self._answers, (day, key), found)
        return found

    def ask(
        self, day: date, question: Callable[[Cursor], Result], below: Set[str], copied: Sequence[str] = ()
    ) -> Result:
        """What `question`, which rests on the views `below`, answers on a cursor that sees the store as of that day.

        The views named by `copied` stand in it as tables too. It may be asked more than once.
        """
        for _ in range(_TRIES):
            before = self._settled()
            picture = self._taken(day)
            try:
                found = self._asked(picture, question, below, copied)
            except BaseException:
                picture.cursor.close()
                raise
            if self._give_back(before, picture):
                return found
        cursor = self._new_cursor()
        try:
            cursor.execute("begin transaction")
            return self._asked(self._made(cursor, day), question, below, copied)
        finally:
            cursor.close()

    def _asked(
        self, picture: _Picture, question: Callable[[Cursor], Result], below: Set[str], copied: Sequence[str]
    ) -> Result:
        cursor = picture.cursor
        self._facts.lend(cursor, picture.day, below, picture.has)
        _stand(picture, below)
        copy_views(cursor, copied)
        return question(cursor)

    def _settled(self) -> int:
        """The count of changes, once none is being committed."""
        while True:
            with self._lock:
                if self._changes % 2 == 0:
                    return self._changes
            time.sleep(0.002)

    def _taken(self, day: date) -> _Picture:
        with self._lock:
            place = next((number for number, one in enumerate(self._idle) if one.day == day), None)
            if place is not None:
                return self._idle.pop(place)
        cursor = self._new_cursor()
        try:
            return self._made(cursor, day)
        except BaseException:
            cursor.close()
            raise

    def _made(self, cursor: Cursor, day: date) -> _Picture:
        cursor.register("reporting_day", pa.table({"day": [day]}))
        return _Picture(day, cursor, self._facts.are_many(cursor))

    def _give_back(self, before: int, picture: _Picture) -> bool:
        """The picture waits for its next question; False, and it is closed, where the store has changed since."""
        with self._lock:
            is_true = self._changes == before
            closing = [picture]
            if is_true:
                self._idle.append(picture)
                kept = 1 if picture.is_large else MOST_IDLE
                closing = self._idle[:-kept]
                del self._idle[:-kept]
        for one in closing:
            one.cursor.close()
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
        for one in closing:
            one.cursor.close()


def _stand(picture: _Picture, below: Set[str]) -> None:
    """What the question rests on stands in the picture."""
    standing = STANDING_OF_LARGE if picture.is_large else STANDING
    wanted = [view for view in standing if view in below and view not in picture.has]
    copy_views(picture.cursor, wanted)
    picture.has.update(wanted)
