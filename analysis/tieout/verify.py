"""Proving the store: each check is a query that answers nothing when all is well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.store import Store
from analysis.store.queries import query_table, query_whole
from analysis.store.texts import segments_in_text
from analysis.tieout import roll_forward
from analysis.tieout.today import latest_day

CHECKS: dict[str, str] = {
    "file_records": "every file's rows are all in the store",
    "file_totals": "every file's dollars are all in the store",
    "segments_in_text": "the segments counted in the kept text are those that became rows",
    "deposit_states": "the states of all bank lines add up to all bank lines",
    "remittance_states": "the states of all remittances add up to all remittances",
    "tie_out": "day by day the states of deposits, remittances and batches add up, to each of them and to each other",
    "link_amounts": "nothing is linked for more than it is",
    "match_shapes": "every match has two sides, all of them in the store",
    "match_sides": "what a match links of deposits is what it links of remittances, but for its remainder",
    "orphans": "every row's file is in the store",
    "case_histories": "every change and claim of a case stands in its history, none twice",
    "money_places": "every cent of a deposit is posted, unposted, in suspense, unapplied or in the wrong home",
    "parked_money": "no lot of parked money gave more than it held, and what was sent on had two people",
    "rejected_claims": "every step of a rejected claim stands in its history, and money sent away had two people",
    "letter_faults": "every letter is the bytes that were printed, and a contact of its case",
    "roll_forward": "the unposted money rolls from day to day over the last 31 days, and its parts add up to it",
}


MOST_DAYS = 14
"""How many of the last days with facts the tie-out is proved for."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found: `failures` counts the rows that break it, `first` shows one of them."""

    name: str
    says: str
    failures: int
    first: str


def verify(store: Store, names: Iterable[str] = tuple(CHECKS)) -> list[CheckResult]:
    """The result of every check, or of those named, in order; all is well where no check has failures."""
    results = []
    for name in names:
        rows = _BY_OTHER_MEANS[name](store) if name in _BY_OTHER_MEANS else _failing(store, name)
        first = ", ".join(f"{key} {value}" for key, value in rows[0].items()) if rows else ""
        results.append(CheckResult(name, CHECKS[name], len(rows), first))
    return results


def tie_out_fails(store: Store, day: date) -> list[dict[str, Any]]:
    """The legs whose states do not add up on that day; none when all is well. Units: US dollars."""
    asked = query_table(store, "verify/tie_out", {"as_of": day})
    found: list[dict[str, Any]] = asked.to_pylist()
    return found


def _tie_out_of_days(store: Store) -> list[dict[str, Any]]:
    """The same for each of the last days on which anything became known."""
    days = query_table(store, "verify/days_with_facts", {"most_days": MOST_DAYS}).to_pylist()
    return [{"day": one["day"], **row} for one in days for row in tie_out_fails(store, one["day"])]


def _failing(store: Store, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = query_whole(store, f"verify/{name}").to_pylist()
    return found


def _segments_that_differ(store: Store) -> list[dict[str, Any]]:
    """Files whose text, counted anew, holds more or fewer segments of a kind than became rows."""
    rows = _failing(store, "segment_rows")
    in_text = segments_in_text(store, sorted({row["segment_id"] for row in rows}))
    counted = [row | {"text_count": in_text.get((row["file_id"], row["segment_id"]), 0)} for row in rows]
    return [row for row in counted if row["text_count"] != row["row_count"]]


def _days_that_do_not_roll(store: Store) -> list[dict[str, Any]]:
    latest = latest_day(store)
    return [] if latest is None else roll_forward.faults(store, latest)


_BY_OTHER_MEANS: Mapping[str, Callable[[Store], list[dict[str, Any]]]] = {
    "segments_in_text": _segments_that_differ,
    "tie_out": _tie_out_of_days,
    "roll_forward": _days_that_do_not_roll,
}
"""Checks that one query cannot make."""
