"""A past day is reported as it was reported on that day, also where everything was loaded at once later."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from analysis.match.links import matches
from analysis.match.run import match
from analysis.match.unmatched import unmatched
from analysis.sample import FOLDER
from analysis.store import Store
from analysis.store.loading import load, sources
from analysis.summary import summary
from analysis.tieout.variances import variances
from tests.stores import empty_store

DAYS = [date.fromisoformat(folder.name) for folder in sorted(FOLDER.iterdir())]
REPORTS: dict[str, Any] = {"unmatched": unmatched, "variances": variances, "matches": matches, "summary": summary}

Told = dict[tuple[date, str], list[tuple[str, ...]]]


def told(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """The rows without ids and places, which depend on the order of loading."""
    columns = [name for name in frame.columns if not name.endswith("_id") and name not in ("place", "last_place")]
    return sorted(tuple(str(value) for value in row) for row in frame[columns].itertuples(index=False))


def reported(store: Store, day: date) -> Told:
    """Every report as of a day."""
    return {(day, name): told(report(store, day)) for name, report in REPORTS.items()}


@pytest.fixture(scope="module")
def on_the_day() -> Told:
    """Each day's files loaded on their day, matched, and reported that evening."""
    found: Told = {}
    with empty_store() as store:
        for day in DAYS:
            list(load(store, sources([FOLDER / day.isoformat()]), "tests"))
            match(store, day, "tests")
            found |= reported(store, day)
    return found


@pytest.fixture(scope="module")
def later() -> Told:
    """Everything loaded at once at the end, matched once, and reported as of each day."""
    with empty_store() as store:
        list(load(store, sources([FOLDER]), "tests"))
        match(store, DAYS[-1], "tests")
        return {key: rows for day in DAYS for key, rows in reported(store, day).items()}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_past_day_is_as_it_was_reported(on_the_day: Told, later: Told, day: date, name: str) -> None:
    """Line by line."""
    assert later[day, name] == on_the_day[day, name]
