"""The day that reports are as of."""

from __future__ import annotations

from datetime import date

from analysis.match.closed_days import first_open_day
from analysis.store import Store
from analysis.store.queries import query_table


def latest_day(store: Store) -> date | None:
    """The latest day of any loaded fact; None where nothing is loaded."""
    found: date | None = query_table(store, "store/latest_day").to_pylist()[0]["latest_day"]
    return found


def first_day(store: Store) -> date | None:
    """The first day of any loaded fact but ledger entries and receipts; None where none is loaded."""
    found: date | None = query_table(store, "store/first_day").to_pylist()[0]["first_day"]
    return found


def working_day(store: Store) -> date | None:
    """The day to work on: the latest one, or the first open one where that is closed; None where nothing is loaded."""
    latest = latest_day(store)
    return None if latest is None else max(latest, first_open_day(store))
