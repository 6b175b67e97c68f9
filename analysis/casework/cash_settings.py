"""What a site sets about its cheques and deposits, from a day on: its payee names, its lockboxes, the bank's days."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pandas as pd

from analysis.match.decisions import Who, decision_day
from analysis.problems import RequestRefused
from analysis.store import Store, query
from analysis.store.matches import MatchWriter, write
from analysis.store.queries import query_table

PAYEES = "payee_names"
LOCKBOX = "lockbox."
BANK_DAYS = "slip_bank_days"
DEFAULT_BANK_DAYS = 3
"""Business days within which the bank shows a deposit."""

_MOST_DAYS = 60
_CHANGES = ("payee", "lockbox.", "slip_")


def payees(store: Store, as_of: date) -> tuple[str, ...]:
    """The names we take cheques under on that day; none while they are not set, and then no payee is checked."""
    return tuple(_setting(store, PAYEES, as_of) or ())


def set_payees(store: Store, names: list[str], who: Who, reason: str) -> None:
    """Cheques are ours under these names, from the day looked at. Raises `RequestRefused` without why."""
    kept = sorted({name.strip() for name in names if name.strip()})
    _set(store, PAYEES, kept, who, reason)


def lockboxes(store: Store, as_of: date) -> dict[str, str]:
    """The bank account that each lockbox's money goes to on that day, by the lockbox's number."""
    rows = query_table(store, "store/settings_in_force", {"as_of": as_of, "prefix": LOCKBOX}).to_pylist()
    told = {row["name"].removeprefix(LOCKBOX): json.loads(row["value"]) for row in rows}
    return {number: account for number, account in told.items() if account}


def set_lockbox(store: Store, number: str, bank_account: str, who: Who, reason: str) -> None:
    """That lockbox's money goes to the account, from the day looked at; an empty account ends it."""
    if not number.strip() or not number.strip().replace("-", "").isalnum():
        raise RequestRefused("a lockbox has a number, of letters and digits")
    _set(store, LOCKBOX + number.strip(), bank_account.strip(), who, reason)


def bank_days(store: Store, as_of: date) -> int:
    """Within how many business days the bank shows a deposit."""
    found = _setting(store, BANK_DAYS, as_of)
    return DEFAULT_BANK_DAYS if found is None else int(found)


def set_bank_days(store: Store, days: int, who: Who, reason: str) -> None:
    """The bank shows a deposit within so many business days, from the day looked at."""
    if not 0 <= days <= _MOST_DAYS:
        raise RequestRefused(f"wanted 0 to {_MOST_DAYS} business days, found {days}")
    _set(store, BANK_DAYS, days, who, reason)


def cash_changes(store: Store) -> pd.DataFrame:
    """Every change of these settings, the newest first. Grain: one row per change."""
    frames = [query(store, "match/setting_history", {"prefix": prefix}) for prefix in _CHANGES]
    return pd.concat(frames, ignore_index=True)


def _setting(store: Store, name: str, as_of: date) -> Any:
    rows = query_table(store, "store/settings_in_force", {"as_of": as_of, "prefix": name}).to_pylist()
    return next((json.loads(row["value"]) for row in rows if row["name"] == name), None)


def _set(store: Store, name: str, value: Any, who: Who, reason: str) -> None:
    if not reason.strip():
        raise RequestRefused("a changed setting needs a reason")

    def work(writer: MatchWriter) -> None:
        decision_day(writer, who)
        writer.change_setting(name, json.dumps(value), who.as_of, who.name, reason.strip())

    write(store, work)
