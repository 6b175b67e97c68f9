"""Proving the store: each check is a query that answers nothing when all is well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.store import Store
from analysis.store.queries import query_table
from analysis.store.texts import segments_in_text

CHECKS: dict[str, str] = {
    "file_records": "every file's rows are all in the store",
    "file_totals": "every file's dollars are all in the store",
    "segments_in_text": "the segments counted in the kept text are those that became rows",
    "deposit_states": "the states of all bank lines add up to all bank lines",
    "remittance_states": "the states of all remittances add up to all remittances",
    "link_amounts": "nothing is linked for more than it is",
    "match_shapes": "every match has two sides, all of them in the store",
    "match_sides": "what a match links of deposits is what it links of remittances, but for its remainder",
    "orphans": "every row's file is in the store",
}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found: `failures` counts the rows that break it, `first` shows one of them."""

    name: str
    says: str
    failures: int
    first: str


def verify(store: Store) -> list[CheckResult]:
    """The result of every check, in order; all is well where no check has failures."""
    results = []
    for name, says in CHECKS.items():
        rows = _segments_that_differ(store) if name == "segments_in_text" else _failing(store, name)
        first = ", ".join(f"{key} {value}" for key, value in rows[0].items()) if rows else ""
        results.append(CheckResult(name, says, len(rows), first))
    return results


def _failing(store: Store, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = query_table(store, f"verify/{name}").to_pylist()
    return found


def _segments_that_differ(store: Store) -> list[dict[str, Any]]:
    """Files whose text, counted anew, holds more or fewer segments of a kind than became rows."""
    rows = _failing(store, "segment_rows")
    in_text = segments_in_text(store, sorted({row["segment_id"] for row in rows}))
    counted = [row | {"text_count": in_text.get((row["file_id"], row["segment_id"]), 0)} for row in rows]
    return [row for row in counted if row["text_count"] != row["row_count"]]
