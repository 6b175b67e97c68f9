"""The missing-file radar: how payers, bank accounts and the posting come, what is late or silent, gaps, overlaps."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.days import is_business_day
from analysis.money import MONEY, ZERO
from analysis.store import Store
from analysis.store.queries import query_table
from analysis.tieout.rhythm import (
    EVERY_DAY_SHARE,
    LEAST_ARRIVALS,
    Rhythm,
    business_days,
    expected_next,
    missing_days,
    rhythm_of,
    state_of,
    uncovered,
)

LOOKS_BACK_DAYS = 183
"""A rhythm is judged by the last half year: payers change theirs."""

STRIP_DAYS = 35

_BANK_EVERY_DAY_SHARE = 0.6
"""A bank that tells most business days is to tell them all."""

_ORDER = {"silent": 0, "late": 1, "due_today": 2, "too_few": 3, "on_time": 4}
_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("arrival_state", "source_type", "source_name", "rhythm")),
        ("last_came", pa.date32()),
        ("silent_days", pa.int64()),
        ("expected_on", pa.date32()),
        ("missing_count", pa.int64()),
        ("missing_days", pa.string()),
        ("overlap_count", pa.int64()),
        ("overlap_amount", MONEY),
        ("arrivals", pa.int64()),
        ("usual_gap", pa.int64()),
        ("source_id", pa.string()),
    ]
)
_STRIP = pa.schema([("source_type", pa.string()), ("source_name", pa.string()), ("day", pa.date32())])
_STRIP = _STRIP.append(pa.field("mark", pa.string())).append(pa.field("item_count", pa.int64()))

Row = dict[str, Any]
Arrivals = dict[tuple[str, str], list[Row]]


def radar(store: Store, as_of: date, came: Arrivals | None = None) -> pd.DataFrame:
    """Each source with its rhythm, as known on that day: the silent first, then the late, the due, and by name.

    `came`: the arrivals, where they were asked for already.

    Grain: one row per source (`source_type`, `source_id`). Units: business days; US dollars that came twice.
    """
    twice = {(row["source_type"], row["source_id"]): row for row in _asked(store, "radar/overlaps", as_of=as_of)}
    rows = [_row(own, twice.get(key), as_of) for key, own in (came or arrivals(store, as_of)).items()]
    rows.sort(
        key=lambda row: (_ORDER[row["arrival_state"]], -row["missing_count"], row["source_type"], row["source_name"])
    )
    return pa.Table.from_pylist(rows, schema=_SCHEMA).to_pandas(types_mapper=pd.ArrowDtype)


def strip(came: Arrivals, as_of: date, days: int = STRIP_DAYS) -> pd.DataFrame:
    """The calendar of the last days: what came, what is missing, late or silent, what is expected.

    Grain: one row per source and day with a mark (`came`, `missing`, `expected`; `overdue`: expected by its
    usual gap, which names no day that could be missing). Units: counts of what came.
    """
    first = as_of - timedelta(days=days - 1)
    rows = []
    for (source_type, _), own in came.items():
        about = {"source_type": source_type, "source_name": own[-1]["source_name"]}
        counts = {row["day"]: row["item_count"] for row in own}
        told = {on for row in own for on in _told(row)}
        for on in sorted(told | set(counts)):
            rows.append({**about, "day": on, "mark": "came", "item_count": counts.get(on, 0)})
        missing = _missing(own, as_of)
        rows += [{**about, "day": on, "mark": "missing", "item_count": 0} for on in missing]
        rhythm = _rhythm(own)
        if rhythm is not None:
            due = expected_next(rhythm, max(counts))
            if due not in missing:
                rows.append({**about, "day": due, "mark": "expected" if due >= as_of else "overdue", "item_count": 0})
    kept = list({(row["source_name"], row["day"]): row for row in rows if first <= row["day"]}.values())
    return pa.Table.from_pylist(kept, schema=_STRIP).to_pandas(types_mapper=pd.ArrowDtype)


def arrivals(store: Store, as_of: date) -> Arrivals:
    """The days on which each source came, oldest first, in the last half year."""
    since = as_of - timedelta(days=LOOKS_BACK_DAYS)
    found: Arrivals = defaultdict(list)
    for row in _asked(store, "radar/arrivals", as_of=as_of, since=since):
        found[row["source_type"], row["source_id"]].append(row)
    return dict(found)


def _row(own: list[Row], twice: Row | None, as_of: date) -> Row:
    days = [row["day"] for row in own]
    rhythm, last = _rhythm(own), max(days)
    missing = _missing(own, as_of)
    return {
        "arrival_state": state_of(rhythm, last, as_of),
        "source_type": own[-1]["source_type"],
        "source_id": own[-1]["source_id"],
        "source_name": own[-1]["source_name"],
        "rhythm": _in_words(rhythm, len(days)),
        "last_came": last,
        "silent_days": business_days(last, as_of),
        "expected_on": None if rhythm is None else expected_next(rhythm, last),
        "missing_count": len(missing),
        "missing_days": ", ".join(day.isoformat() for day in missing) or None,
        "overlap_count": 0 if twice is None else twice["item_count"],
        "overlap_amount": ZERO if twice is None else twice["amount"],
        "arrivals": len(days),
        "usual_gap": None if rhythm is None else rhythm.usual_gap,
    }


def _in_words(rhythm: Rhythm | None, arrivals: int) -> str:
    if rhythm is not None:
        return rhythm.in_words
    return f"{arrivals} day{'' if arrivals == 1 else 's'} so far; {LEAST_ARRIVALS} tell a rhythm"


def _missing(own: list[Row], as_of: date) -> list[date]:
    """The days it should have come: by its rhythm, or, for tables of bank lines, days that lie between two files."""
    spans = [(row["first_told"], row["last_told"]) for row in own if row["first_told"] is not None]
    if len(spans) == len(own):
        return uncovered(spans)
    told = {on for row in own for on in _told(row)} | {row["day"] for row in own}
    return missing_days(_rhythm(own), told, as_of)


def _rhythm(own: list[Row]) -> Rhythm | None:
    share = _BANK_EVERY_DAY_SHARE if own[0]["source_type"] == "bank_account" else EVERY_DAY_SHARE
    return rhythm_of([row["day"] for row in own], share)


def _told(row: Row) -> list[date]:
    """Every business day that a table of bank lines tells of, from its first line to its last."""
    if row["first_told"] is None:
        return []
    days = (row["first_told"] + timedelta(days=n) for n in range((row["last_told"] - row["first_told"]).days + 1))
    return [day for day in days if is_business_day(day)]


def _asked(store: Store, name: str, **parameters: date) -> list[Row]:
    rows: list[Row] = query_table(store, name, parameters).to_pylist()
    return rows
