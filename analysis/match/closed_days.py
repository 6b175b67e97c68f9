"""Closed days: nothing is decided, matched or set as of one of them, through any door."""

from __future__ import annotations

from datetime import date

from analysis.problems import DayClosed
from analysis.store import Store
from analysis.store.queries import query_table


def first_open_day(store: Store) -> date:
    """The day after the last closed one; 1900-01-01 while none is closed."""
    found: date = query_table(store, "closing/first_open_day").to_pylist()[0]["first_open_day"]
    return found


def refuse_closed(store: Store, day: date) -> None:
    """Raises `DayClosed` where that day is closed."""
    first = first_open_day(store)
    if day < first:
        raise DayClosed(day, first)
