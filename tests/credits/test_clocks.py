"""The clocks of credits: day by day at their borders, held by an investigation, by dated settings with their source."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from analysis.credits.audit import credits
from analysis.credits.clocks import clock_of, clocks, record, set_clock
from analysis.match.decisions import Who
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store
from tests.files import loaded, table_csv

BEGAN = date(2026, 8, 1)
ROW: dict[str, Any] = {
    "financial_class": "MEDICARE",
    "disposition": "refund_payer",
    "payer_name": "NOVERIA",
    "owed_to": "NOVERIA",
    "state": "TX",
    "credit_date": BEGAN,
    "age_days": 10,
}


def days_after(day: date, days: int) -> date:
    """So many calendar days later."""
    return day + timedelta(days=days)


@pytest.mark.parametrize(
    ("day", "says", "is_warned"),
    [
        (54, "due in 6 days", False),
        (55, "due in 5 days", True),
        (59, "due in 1 day", True),
        (60, "due today", True),
        (61, "overdue by 1 day", True),
    ],
)
def test_sixty_days_from_identified(store: Store, day: int, says: str, is_warned: bool) -> None:
    """Medicare: the deadline is day 60, day 61 is late."""
    as_of = days_after(BEGAN, day)
    told = clock_of(ROW, {"identified": BEGAN}, clocks(store, as_of), as_of)
    assert (told.deadline, told.is_warned) == (days_after(BEGAN, 60), is_warned)
    assert told.words is not None and told.words.startswith(says) and "42 CFR 401.305" in told.words


@pytest.mark.parametrize(("age", "warns"), [(29, None), (30, 30), (44, 30), (45, 45), (54, 45), (55, 55), (400, 55)])
def test_what_nobody_touched_warns_by_its_age(store: Store, age: int, warns: int | None) -> None:
    """No deadline is told: nobody has identified it."""
    as_of = days_after(BEGAN, age)
    told = clock_of({**ROW, "age_days": age}, {}, clocks(store, as_of), as_of)
    assert told.deadline is None
    assert told.is_warned == (warns is not None)
    assert warns is None or f"untouched for {warns} days" in (told.words or "")


@pytest.mark.parametrize(
    ("started", "ended", "deadline"),
    [
        pytest.param(None, None, 60, id="none"),
        pytest.param(0, 40, 100, id="from the first day: its end and 60 days"),
        pytest.param(20, 50, 90, id="after 20 days: 40 are left"),
        pytest.param(20, 199, 239, id="its end on day 179"),
        pytest.param(20, 200, 240, id="its end on day 180"),
        pytest.param(20, 201, 240, id="never more than 180 days"),
        pytest.param(20, None, 240, id="not ended: 180 days"),
        pytest.param(61, None, 60, id="begun too late it holds nothing"),
    ],
)
def test_an_investigation_holds_the_clock(store: Store, started: int | None, ended: int | None, deadline: int) -> None:
    """The days that ran before it do not run again."""
    as_of = days_after(BEGAN, 30)
    marked = {"identified": BEGAN}
    marked |= {} if started is None else {"investigation_started": days_after(BEGAN, started)}
    marked |= {} if ended is None else {"investigation_ended": days_after(BEGAN, ended)}
    assert clock_of(ROW, marked, clocks(store, as_of), as_of).deadline == days_after(BEGAN, deadline)


@pytest.mark.parametrize(("day", "is_warned"), [(174, False), (175, True), (181, True)])
def test_an_investigation_before_it_is_identified_warns_before_its_end(store: Store, day: int, is_warned: bool) -> None:
    """It stops the warnings of what is untouched, for 180 days."""
    as_of = days_after(BEGAN, day)
    told = clock_of({**ROW, "age_days": day}, {"investigation_started": BEGAN}, clocks(store, as_of), as_of)
    assert (told.deadline, told.is_warned) == (None, is_warned)
    assert f"at the latest to {days_after(BEGAN, 180)}" in (told.words or "")


@pytest.mark.parametrize(
    ("state", "as_of", "days"),
    [
        ("TX", date(2025, 6, 1), 30),
        ("FL", date(2026, 6, 1), 30),
        ("FL", date(2025, 12, 31), None),
        ("OH", date(2026, 6, 1), None),
    ],
)
def test_patient_refunds_by_state(store: Store, state: str, as_of: date, days: int | None) -> None:
    """From the day it is determined; Florida's rule begins with 2026."""
    row = {**ROW, "disposition": "refund_patient", "owed_to": "PATIENT", "state": state}
    told = clock_of(row, {"determined": as_of}, clocks(store, as_of), as_of)
    assert told.deadline == (None if days is None else days_after(as_of, days))


@pytest.mark.parametrize(
    ("changed", "has_clock"),
    [
        ({}, True),
        ({"financial_class": "MEDICAID"}, True),
        ({"financial_class": "COMMERCIAL"}, False),
        ({"disposition": "correct_adjustment"}, False),
        ({"owed_to": "SILVERLEAF"}, False),
        ({"disposition": "review", "owed_to": None}, True),
    ],
)
def test_whose_money_federal_law_times(store: Store, changed: dict[str, Any], has_clock: bool) -> None:
    """Medicare's and Medicaid's, also while nobody knows whose it is; not another payer's, not a posting error."""
    told = clock_of({**ROW, **changed}, {"identified": BEGAN}, clocks(store, BEGAN), BEGAN)
    assert (told.deadline is not None) == has_clock


def test_a_site_sets_its_own_clocks_from_a_day_on(store: Store) -> None:
    """A contract's days, its source, and dormancy; before that day the old ones hold."""
    who = Who("ana", date(2026, 9, 1))
    set_clock(store, "payer_days.ALPHA", 45, who, "contract of 2026, 4.2")
    set_clock(store, "dormancy_years.TX", None, who, "not ours")
    row = {**ROW, "financial_class": "COMMERCIAL", "owed_to": "ALPHA"}
    for as_of, deadline, dormant in (
        (date(2026, 9, 1), date(2026, 9, 15), None),
        (date(2026, 8, 31), None, date(2029, 8, 1)),
    ):
        told = clock_of(row, {"identified": BEGAN}, clocks(store, as_of), as_of)
        assert (told.deadline, told.dormant_on) == (deadline, dormant)


@pytest.mark.parametrize(
    ("name", "value", "source"),
    [
        ("fortnight_days", 14, "x"),
        ("patient_days.", 30, "x"),
        ("government_days", 0, "x"),
        ("government_days", 60, " "),
    ],
)
def test_a_clock_that_is_none_is_refused(store: Store, name: str, value: int, source: str) -> None:
    """Unknown names, no days, no source."""
    with pytest.raises(RequestRefused):
        set_clock(store, name, value, Who("ana", BEGAN), source)


def test_a_person_records_the_day_and_the_report_counts_from_it(store: Store) -> None:
    """Not a day to come, without a reason or about no credit, and only from the day on that it was recorded."""
    head = "account_number,patient_name,financial_class,primary_payer_name,balance,credit_date,extract_date"
    loaded(store, table_csv(head, "A1,X,MEDICARE,NOVERIA,-50.00,2026-08-01,2026-11-01"))
    who, day = Who("ana", date(2026, 11, 2)), date(2026, 11, 2)
    for on_date, reason in ((date(2026, 11, 3), "seen"), (day, " ")):
        with pytest.raises(DecisionRefused):
            record(store, "A1", BEGAN, "identified", on_date, who, reason)
    for account, began in (("A2", BEGAN), ("A1", date(2026, 8, 2))):
        with pytest.raises(DecisionRefused):
            record(store, account, began, "identified", day, who, "seen")
    record(store, "A1", BEGAN, "identified", day, who, "both EOBs seen")
    assert credits(store, day).iloc[0]["deadline_date"] == date(2027, 1, 1)
    assert "untouched for 55 days" in credits(store, date(2026, 11, 1)).iloc[0]["clock"]
