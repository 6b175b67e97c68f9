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
from analysis.store.files import findings
from analysis.store.loading import load, sources
from analysis.summary import summary
from analysis.tieout.drilldown import batch_lines
from analysis.tieout.takebacks import takebacks
from analysis.tieout.variances import variances
from tests.files import loaded, remittance_835, table_csv
from tests.stores import empty_store

DAYS = [date.fromisoformat(folder.name) for folder in sorted(FOLDER.iterdir())]
REPORTS: dict[str, Any] = {
    "unmatched": unmatched,
    "variances": variances,
    "matches": matches,
    "findings": findings,
    "takebacks": takebacks,
}
SUMMARY_DAYS = (DAYS[3], DAYS[-1])
ASKED = [*((day, name) for day in DAYS for name in REPORTS), *((day, "summary") for day in SUMMARY_DAYS)]

Told = dict[tuple[date, str], list[tuple[str, ...]]]


def told(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """The rows without ids and places, which depend on the order of loading."""
    columns = [name for name in frame.columns if not name.endswith("_id") and name not in ("place", "last_place")]
    return sorted(tuple(str(value) for value in row) for row in frame[columns].itertuples(index=False))


def reported(store: Store, day: date) -> Told:
    """Every report as of a day; the summary, which is made of them, of two days."""
    asked = REPORTS | ({"summary": summary} if day in SUMMARY_DAYS else {})
    return {(day, name): told(report(store, day)) for name, report in asked.items()}


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


@pytest.mark.parametrize(
    ("day", "name"),
    [*((day, name) for day in DAYS for name in REPORTS), *((day, "summary") for day in SUMMARY_DAYS)],
    ids=str,
)
def test_a_past_day_is_as_it_was_reported(on_the_day: Told, later: Told, day: date, name: str) -> None:
    """Line by line."""
    assert later[day, name] == on_the_day[day, name]


def test_accounts_extracted_later_do_not_bear_on_a_past_day(store: Store) -> None:
    """A claim is refused for want of an account only once an extract of accounts is there."""
    accounts = table_csv("account_number,balance,extract_date", "OTHER1,10.00,2026-11-06")
    loaded(store, remittance_835("TRACE0001", "100.00"), accounts)
    refused = {
        day: list(unmatched(store, day).query("item_type == 'rejected_claim'")["reference"])
        for day in (date(2026, 11, 5), date(2026, 11, 6))
    }
    assert refused == {date(2026, 11, 5): [], date(2026, 11, 6): ["ACC1"]}


def test_the_lines_of_a_past_day_are_as_the_batch_was_told_then(store: Store) -> None:
    """A batch told anew with a later posting date: the day before keeps the first telling."""
    head = "batch_id,deposit_date,posting_date,control_total,line_number,account_number,transaction_type,amount"
    first = table_csv(head, "B1,2026-11-02,2026-11-02,100.00,1,ACC1,PAYMENT,10.00")
    second = table_csv(head, "B1,2026-11-02,2026-11-05,100.00,1,ACC1,PAYMENT,100.00")
    loaded(store, first, second)
    assert [str(one) for one in batch_lines(store, date(2026, 11, 3), "B1")["amount"]] == ["10.00"]
    assert [str(one) for one in batch_lines(store, date(2026, 11, 5), "B1")["amount"]] == ["100.00"]
