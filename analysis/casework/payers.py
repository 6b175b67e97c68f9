"""The payers of the reference: what a site knows of each, begun from those that the loaded remittances name.

A payer is known by its name, by aliases (names under which banks and remittances tell it) and by identifiers. Saving
names the version that was shown; every version is kept, with who and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store, query
from analysis.store.matches import MatchWriter, now, write
from analysis.store.queries import query_table

_HOW_TOLD = ("payer_ids", "aliases", "phone", "fax", "email", "contacts", "address", "refund_address")
TEXTS = (*_HOW_TOLD, "recoupment_rule", "trace_habits", "remark")
NUMBERS = ("timely_filing_days", "recoupment_days")
ENROLMENTS = ("eft_enrolment", "era_enrolment")
DAYS = ("eft_since", "era_since")
FIELDS: tuple[str, ...] = ("payer_name", *TEXTS, *NUMBERS, *ENROLMENTS, *DAYS)
ENROLLED = ("enrolled", "asked", "not_enrolled")
LONGEST, MOST_DAYS = 4_000, 3_660

KEPT, TO_FILL_IN = "payer_kept", "to_fill_in"
_SCHEMA = pa.schema(
    [
        ("payer_standing", pa.string()),
        *((name, pa.string()) for name in ("payer_name", *TEXTS, *ENROLMENTS)),
        *((name, pa.int32()) for name in (*NUMBERS, "version")),
        *((name, pa.date32()) for name in (*DAYS, "last_on")),
        ("payer_number", pa.int64()),
        ("remittance_count", pa.int64()),
        ("recorded_by", pa.string()),
        ("recorded_at", pa.timestamp("us")),
    ]
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PayerBook:
    """The payers of the reference, found by name, alias or identifier."""

    rows: Mapping[str, Row]

    def find(self, *names: str | None) -> Row | None:
        """The payer that the first of these names or identifiers tells; None where none is in the reference."""
        return next((self.rows[key] for key in map(name_key, names) if key in self.rows), None)


def name_key(text: str | None) -> str:
    """A name or identifier as it is compared: upper case, with single blanks."""
    return " ".join((text or "").upper().split())


def names_in(text: str | None) -> list[str]:
    """The names or identifiers of a list by semicolons."""
    return [one for one in map(name_key, (text or "").split(";")) if one]


def payer_book(store: Store) -> PayerBook:
    """The payers of the reference by all that tells them."""
    rows = query_table(store, "reference/payers").to_pylist()
    return PayerBook({key: row for row in rows for key in _keys(row)})


def offered_book(store: Store) -> PayerBook:
    """The payers that the loaded remittances name by all that tells them; each may wait to be filled in."""
    rows = query_table(store, "reference/payers_of_remittances").to_pylist()
    return PayerBook({key: row for row in reversed(rows) for key in _keys(row)})


def payers(store: Store) -> pd.DataFrame:
    """The payers of the reference, then those of the loaded remittances that are not in it yet. Grain: one row per
    payer; `payer_standing` is payer_kept or to_fill_in."""
    kept: list[Row] = query_table(store, "reference/payers").to_pylist()
    known: list[Row] = query_table(store, "reference/payers_of_remittances").to_pylist()
    by_key = {key: row for row in kept for key in _keys(row)}
    rows: list[Row] = []
    counted: dict[int, tuple[int, Any]] = {}
    for row in known:
        there = by_key.get(name_key(row["payer_name"]))
        if there is None:
            rows.append({"payer_standing": TO_FILL_IN, **row})
        else:
            before = counted.get(there["payer_number"], (0, row["last_on"]))
            counted[there["payer_number"]] = (before[0] + row["remittance_count"], max(before[1], row["last_on"]))
    for row in reversed(kept):
        count, last_on = counted.get(row["payer_number"], (0, None))
        rows.insert(0, {"payer_standing": KEPT, **row, "remittance_count": count, "last_on": last_on})
    return pa.Table.from_pylist(rows, schema=_SCHEMA).to_pandas(types_mapper=pd.ArrowDtype)


def payer_history(store: Store, payer_number: int) -> pd.DataFrame:
    """Every version of a payer with who and when, the newest first. Grain: one row per version."""
    return query(store, "reference/payer_history", {"payer_number": payer_number})


def save_payer(store: Store, fields: Mapping[str, Any], name: str, number: int | None = None, seen: int = 0) -> int:
    """The payer stands in the reference as told, a new one where no number is given; returns its number.

    `seen`: the version that was shown. Raises `RequestRefused` for fields that are none, `DecisionRefused` where
    someone else saved it since, or where another payer has one of its names or identifiers.
    """
    told = _checked(fields)

    def work(writer: MatchWriter) -> int:
        kept = writer.ask("reference/payers")
        before = next((row for row in kept if row["payer_number"] == number), None)
        _refuse_changed(before, number, seen)
        _refuse_taken(told, (row for row in kept if row["payer_number"] != number))
        taken = writer.next_ids("reference_payer", 1) + 1  # with each save, so that kept answers are asked anew
        made = taken if number is None else number
        if before is not None and all(before[one] == told[one] for one in FIELDS):
            raise DecisionRefused("nothing is changed: it is so already")
        row = {"payer_number": made, "version": seen + 1, **told, "recorded_by": name, "recorded_at": now()}
        writer.insert("reference_payer", [row])
        return made

    return write(store, work)


def _refuse_changed(before: Row | None, number: int | None, seen: int) -> None:
    if number is not None and before is None:
        raise DecisionRefused(f"there is no payer {number}")
    if before is not None and before["version"] != seen:
        raise DecisionRefused(
            f"{before['recorded_by']} has saved this payer since, as version {before['version']}; look at it again"
        )


def _refuse_taken(told: Row, others: Iterable[Row]) -> None:
    own = set(_keys(told))
    for row in others:
        both = own.intersection(_keys(row))
        if both:
            raise DecisionRefused(f"{min(both)} tells {row['payer_name']} already: a name or id tells one payer")


def _keys(row: Row) -> list[str]:
    return [name_key(row["payer_name"]), *names_in(row["aliases"]), *names_in(row["payer_ids"])]


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise RequestRefused(f"a payer has no {unknown[0]}; it has {', '.join(FIELDS)}")
    told: dict[str, Any] = dict.fromkeys(FIELDS)
    told |= {name: _plain(value) for name, value in fields.items()}
    if told["payer_name"] is None:
        raise RequestRefused("the payer's name is missing")
    for name in ("payer_name", *TEXTS):
        if told[name] is not None and len(told[name]) > LONGEST:
            raise RequestRefused(f"{name} has at most {LONGEST:,} characters")
    for name in NUMBERS:
        if told[name] is not None and not 0 < told[name] <= MOST_DAYS:
            raise RequestRefused(f"{name}: wanted 1 to {MOST_DAYS} days, found {told[name]}")
    for name in ENROLMENTS:
        if told[name] not in (None, *ENROLLED):
            raise RequestRefused(f"{name} is one of {', '.join(ENROLLED)}")
    for name in DAYS:
        if told[name] is not None and not isinstance(told[name], date):
            raise RequestRefused(f"{name}: wanted a date")
    return told


def _plain(value: Any) -> Any:
    return (value.replace("\r\n", "\n").strip() or None) if isinstance(value, str) else value
