"""The payers as a spreadsheet to fill in, and what was filled in taken back: by number and version, and nothing else.

The sheet is read whole before anything is done: one cell that cannot be read refuses it all, by row and column. Then
each row is saved or not on its own. A row without a number is a payer that the reference does not have yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.casework.payers import DAYS, ENROLLED, ENROLMENTS, FIELDS, NUMBERS, name_key, payers, save_payer
from analysis.casework.sheet_rows import Taken, heading, named_twice, refuse, rows_of_sheet, whole_number
from analysis.days import day
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store

KNOWN_BY = ("payer_number", "version")
COLUMNS: tuple[str, ...] = (*KNOWN_BY, *FIELDS)
"""The sheet's columns: those that a row is known by, then what may be filled in."""

Fields = dict[str, Any]


def payer_sheet(store: Store) -> pd.DataFrame:
    """The payers with all that may be filled in. Grain: one row per payer; no number where it is not kept yet."""
    return payers(store)[list(COLUMNS)]


def take_payers(store: Store, data: bytes, name: str) -> Taken:
    """What was filled in is saved, row by row; what someone else has changed since is told, not taken.

    A column that the sheet lacks keeps what it has. Raises `RequestRefused`, and takes nothing, where a cell cannot be
    read.
    """
    names, body = rows_of_sheet(data, ("payer_name",))
    known = pa.Table.from_pandas(payers(store), preserve_index=False).to_pylist()
    by_number = {row["payer_number"]: row for row in known if row["payer_number"] is not None}
    offered = {name_key(row["payer_name"]): row for row in known if row["payer_number"] is None}
    outcome = Taken(ignored=[one for one in names if one and one not in COLUMNS])
    wanted: list[tuple[int, int | None, int, Mapping[str, Any], Fields]] = []
    faults: list[str] = []
    for number, told in body:
        fields, wrong = _fields(told)
        payer, version = whole_number(told.get("payer_number", "")), whole_number(told.get("version", ""))
        if told.get("payer_number") and (payer is None or version is None):
            wrong.append("payer_number and version: wanted the whole numbers that were downloaded, or neither")
        faults += [f"row {number}, {one}" for one in wrong]
        before = offered.get(name_key(fields["payer_name"]), {}) if payer is None else by_number.get(payer, {})
        wanted.append((number, payer, version or 0, before, fields))
    told_names = [(number, name_key(fields["payer_name"])) for number, _, _, _, fields in wanted]
    refuse([*faults, *named_twice("payer_name", told_names)])
    for number, payer, version, before, fields in wanted:
        if all(before.get(one) == value for one, value in fields.items()):
            outcome.untouched += 1
            continue
        whole = {one: before.get(one) for one in FIELDS} | fields
        try:
            save_payer(store, whole, name, payer, version)
            outcome.done.append(fields["payer_name"])
        except (DecisionRefused, RequestRefused) as refusal:
            outcome.refused.append((number, fields["payer_name"], str(refusal)))
    return outcome


def _fields(told: Mapping[str, str]) -> tuple[Fields, list[str]]:
    """What the row says of the columns that it has, and what is wrong in which."""
    fields: Fields = {}
    wrong: list[str] = []
    for name in FIELDS:
        text = told.get(name)
        if text is None:
            continue
        fields[name] = text or None
        if text and name in NUMBERS:
            fields[name] = whole_number(text)
            if fields[name] is None:
                wrong.append(f"{name}: wanted a whole number of days, or nothing")
        elif text and name in DAYS:
            fields[name] = day(text)
            if fields[name] is None:
                wrong.append(f"{name}: wanted a date such as 2026-11-13, or nothing")
        elif text and name in ENROLMENTS:
            fields[name] = heading(text)
            if fields[name] not in ENROLLED:
                wrong.append(f"{name}: wanted one of {', '.join(ENROLLED)}, or nothing")
    if not fields["payer_name"]:
        wrong.append("payer_name: wanted the payer's name, found an empty cell")
    return fields, wrong
