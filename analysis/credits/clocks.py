"""The clocks of credits: by when money has to go back, what warns before, and when it counts as unclaimed.

A clock starts with a day that a person recorded; Tieout never says by itself that an overpayment is identified. What
nobody has touched warns by its age instead.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analysis.credits.aging import aged
from analysis.credits.programs import GOVERNMENT, names_program
from analysis.match.decisions import Who, decision_day
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store, query
from analysis.store.matches import MatchWriter, write
from analysis.store.queries import query_table
from analysis.trade import trade_of
from analysis.trade_words import HOSPITAL

PREFIX = "credit_clock."
MARKS: Mapping[str, str] = {
    "identified": "the overpayment is identified: the 60 days run",
    "investigation_started": "a timely good-faith investigation began: the 60 days wait, 180 days at most",
    "investigation_ended": "the investigation is over",
    "determined": "it is determined that the patient is owed the money",
}
"""What a person records about a credit, and what it means."""

MOST = 3_650
_YEARS = "dormancy_years."


@dataclass(frozen=True, slots=True)
class Clock:
    """How the clocks of one credit stand on a day. `words` says which clock it is, from when, by which source."""

    deadline: date | None
    words: str | None
    is_warned: bool
    dormant_on: date | None


Clocks = Mapping[str, Mapping[str, Any]]


def clocks(store: Store, as_of: date) -> Clocks:
    """The clocks in force on that day by name, each with `value`, `effective_on`, `source`; units: calendar days."""
    rows = query_table(store, "credits/clocks", {"as_of": as_of}).to_pylist()
    runs = _of_the_trade(store, as_of)
    return {row["name"]: row for row in rows if row["value"] is not None and runs(row["name"])}


def clocks_in_force(store: Store, as_of: date) -> pd.DataFrame:
    """The same as rows. Grain: one row per clock; a value of null is switched off."""
    whole = query(store, "credits/clocks", {"as_of": as_of})
    return whole[whole["name"].map(_of_the_trade(store, as_of)).astype(bool)]


def _of_the_trade(store: Store, as_of: date) -> Callable[[str], bool]:
    """Whether a clock runs in the site's trade: the shipped ones of health care law only in a hospital, those of
    unclaimed property and the site's own in every trade."""
    if trade_of(store) == HOSPITAL:
        return lambda name: True
    own = query_table(store, "store/settings_in_force", {"as_of": as_of, "prefix": PREFIX}).to_pylist()
    named = {row["name"].removeprefix(PREFIX) for row in own}
    return lambda name: name in named or name.startswith(_YEARS)


def marks(store: Store, as_of: date) -> dict[tuple[str, date], dict[str, date]]:
    """By account and the day its credit began: the days that people recorded, by kind."""
    found: dict[tuple[str, date], dict[str, date]] = {}
    for row in query_table(store, "credits/marks", {"as_of": as_of}).to_pylist():
        found.setdefault((row["account_number"], row["credit_date"]), {})[row["mark"]] = row["on_date"]
    return found


def clock_of(row: Mapping[str, Any], marked: Mapping[str, date], in_force: Clocks, as_of: date) -> Clock:
    """How the clocks of a credit stand; `row` as the report `credits` has it."""
    years = in_force.get(f"{_YEARS}{row['state']}")
    dormant_on = _years_after(row["credit_date"], years["value"]) if years is not None else None
    if row["disposition"] == "refund_patient":
        told = _from_mark(marked, "determined", f"patient_days.{row['state']}", in_force, as_of)
    elif is_governments(row):
        told = _government(row, marked, in_force, as_of)
    else:
        told = _from_mark(marked, "identified", f"payer_days.{row['owed_to']}", in_force, as_of)
    deadline, words, is_warned = told or (None, None, False)
    return Clock(deadline, words, is_warned, dormant_on)


def is_governments(row: Mapping[str, Any]) -> bool:
    """Whether the money is Medicare's or Medicaid's, or may be, as nobody knows yet whose it is."""
    if row["disposition"] not in ("refund_payer", "review"):
        return False
    if names_program(row["owed_to"] or "", *GOVERNMENT):
        return True
    return row["financial_class"] in GOVERNMENT and row["owed_to"] in (None, row["payer_name"])


def held_until(marked: Mapping[str, date], most_days: int) -> date | None:
    """The day to which an investigation holds the clock: its end, but never more than so many days from its start."""
    started = marked.get("investigation_started")
    if started is None:
        return None
    latest = started + timedelta(days=most_days)
    ended = marked.get("investigation_ended")
    return min(ended, latest) if ended is not None and ended >= started else latest


def _government(
    row: Mapping[str, Any], marked: Mapping[str, date], in_force: Clocks, as_of: date
) -> tuple[date | None, str, bool] | None:
    rule = in_force.get("government_days")
    if rule is None:
        return None
    identified = marked.get("identified")
    held = held_until(marked, in_force["investigation_days"]["value"]) if "investigation_days" in in_force else None
    started = marked.get("investigation_started")
    if identified is None and held is not None:
        words = f"investigated from {started}, at the latest to {held}; nobody has recorded it as identified"
        return None, words, (held - as_of).days <= _last_days(in_force)
    if identified is None:
        return _untouched(row, in_force)
    deadline = identified + timedelta(days=rule["value"])
    words = f"identified {identified}"
    if held is not None and started is not None and held > identified and started <= deadline:
        deadline = held + (deadline - max(started, identified))
        words += f", investigated from {started}: held to {held}"
    return _told(deadline, f"{words}; {rule['value']} days, {rule['source']}", in_force, as_of)


def _untouched(row: Mapping[str, Any], in_force: Clocks) -> tuple[None, str, bool] | None:
    """A government credit of which nobody recorded anything warns by its age."""
    names = ("warn_last_days", "warn_second_days", "warn_first_days")
    limits = [in_force[name]["value"] for name in names if name in in_force]
    passed = next((days for days in limits if row["age_days"] >= days), None)
    if passed is None:
        return None
    words = f"untouched for {passed} days: look whether it is an overpayment, and record the day it is identified"
    return None, words, True


def _from_mark(
    marked: Mapping[str, date], mark: str, name: str, in_force: Clocks, as_of: date
) -> tuple[date | None, str, bool] | None:
    rule, began = in_force.get(name), marked.get(mark)
    if rule is None or began is None:
        return None
    deadline = began + timedelta(days=rule["value"])
    words = f"{mark} {began}; {rule['value']} days, {rule['source']}"
    return _told(deadline, words, in_force, as_of)


def _told(deadline: date, words: str, in_force: Clocks, as_of: date) -> tuple[date, str, bool]:
    left = (deadline - as_of).days
    days = "1 day" if abs(left) == 1 else f"{abs(left)} days"
    when = "due today" if left == 0 else f"due in {days}" if left > 0 else f"overdue by {days}"
    return deadline, f"{when}: {words}", left <= _last_days(in_force)


def _last_days(in_force: Clocks) -> int:
    """How many days before a deadline it is warned of: those between the last warning and the 60th day."""
    if "government_days" not in in_force or "warn_last_days" not in in_force:
        return 0
    return int(in_force["government_days"]["value"] - in_force["warn_last_days"]["value"])


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def record(
    store: Store, account_number: str, credit_date: date, mark: str, on_date: date, who: Who, reason: str
) -> None:
    """That day is recorded about the credit of the account that began on `credit_date`.

    Raises `DecisionRefused` for a day to come, without a reason, or where there is no such credit.
    """
    if mark not in MARKS:
        raise RequestRefused(f"nothing is called {mark}")
    known = aged(store, who.as_of).to_pylist()
    if (account_number, credit_date) not in {(row["account_number"], row["credit_date"]) for row in known}:
        raise DecisionRefused(f"account {account_number} is not in credit since {credit_date}")
    if on_date > who.as_of:
        raise DecisionRefused(f"{on_date} has not come yet; {who.as_of} is looked at")
    if not reason.strip():
        raise DecisionRefused("no reason is given; write what shows it")

    def work(writer: MatchWriter) -> None:
        day = decision_day(writer, who)
        made = writer.decide_about("credit", account_number, mark, who.name, reason.strip(), day)
        writer.insert(
            "credit_mark",
            [
                {
                    "decision_id": made,
                    "account_number": account_number,
                    "credit_date": credit_date,
                    "mark": mark,
                    "on_date": on_date,
                }
            ],
        )

    write(store, work)


def set_clock(store: Store, name: str, value: int | None, who: Who, source: str) -> None:
    """From the day looked at that clock has another value, or is switched off (None), by that source.

    Names: `government_days`, `investigation_days`, `warn_…_days`, `patient_days.STATE`, `payer_days.PAYER`,
    `dormancy_years.STATE`. Raises `RequestRefused` for a name or value that is none, or without a source.
    """
    kind = name.partition(".")[0]
    plain = ("government_days", "investigation_days", "warn_first_days", "warn_second_days", "warn_last_days")
    of_one = kind in ("patient_days", "payer_days", "dormancy_years") and name.partition(".")[2]
    if name not in plain and not of_one:
        raise RequestRefused(f"there is no clock {name}")
    if value is not None and not 0 < value <= MOST:
        raise RequestRefused(f"{name}: wanted 1 to {MOST}, found {value}")
    if not source.strip():
        raise RequestRefused("a clock needs its source: the law, rule or contract")
    write(
        store,
        lambda writer: writer.change_setting(f"{PREFIX}{name}", json.dumps(value), who.as_of, who.name, source.strip()),
    )
