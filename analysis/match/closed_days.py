"""Days as of which nothing is decided, matched or set, through any door: closed ones, and ones far ahead."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from analysis.problems import DayAhead, DayClosed
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


MOST_DAYS_AHEAD = 92
"""How far the day may lie beyond the last one that anything loaded is of, or the calendar's: a quarter. What is decided
holds from the latest day that anything was, so that a mistyped year would hold for a decade."""


def refuse_ahead(day: date, latest: date | None) -> None:
    """Raises `DayAhead` where that day lies far beyond the latest that anything loaded is of, and beyond today."""
    last = max(latest or date.min, datetime.now(UTC).date()) + timedelta(days=MOST_DAYS_AHEAD)
    if day > last:
        raise DayAhead(day, last)
