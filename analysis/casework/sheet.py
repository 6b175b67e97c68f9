"""The worklist's spreadsheet on its way back: state, note, owner and next date by id and version, and nothing else.

The sheet is read whole before anything is done: one cell that cannot be read refuses it all, by row and column. Then
each row is taken or not on its own. A row is known by its content, so that the same sheet again takes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.casework.acts import act_on
from analysis.casework.codes import STATES, WITHOUT_CODE
from analysis.casework.guards import Row
from analysis.casework.sheet_rows import Taken, heading, named_twice, refuse, rows_of_sheet, whole_number
from analysis.casework.wanted import LONGEST, LONGEST_OWNER, Wanted
from analysis.days import day
from analysis.match.decisions import Who
from analysis.store import Store
from analysis.store.queries import query_table

KNOWN_BY = ("case_id", "version")
TAKEN = ("state", "owner", "next_on", "note")
AS_EXPORTED = "as_exported"
"""The hidden column that holds what the row said when it was exported, so that only what was changed is taken."""

LOCKED = (
    "turn",
    "case_kind",
    "item_type",
    "amount",
    "payer_name",
    "reference",
    "item_date",
    "age_days",
    "priority",
    "due_on",
    "promised_by",
    "limit_state",
    "score",
    "why",
    "next_step",
)
"""What stands in the sheet to be read only."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the sheet: where it stands, which case and version, what it says, and what it said when exported."""

    number: int
    case_id: str
    version: int
    said: Mapping[str, Any]
    was: Mapping[str, Any] | None

    @property
    def content_key(self) -> str:
        """The row's content as a hash."""
        told = [self.case_id, self.version, *(str(self.said.get(name)) for name in TAKEN)]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def exported_text(case_id: str, state: str, owner: str | None, next_on: date | None) -> str:
    """What a row says when it is exported, as the hidden column holds it."""
    return json.dumps([case_id, state, owner, None if next_on is None else next_on.isoformat()])


def take_sheet(store: Store, cases: Mapping[str, Row], data: bytes, who: Who) -> Taken:
    """What was changed in the sheet is taken, row by row; conflicts and refusals are told, not taken.

    `cases`: the worklist by id. Raises `RequestRefused`, and takes nothing, where a cell cannot be read.
    """
    rows, ignored = read_sheet(data)
    known = _taken_before(store, rows)
    outcome = Taken(ignored=ignored)
    wanted: list[Wanted] = []
    for row in rows:
        changes = _changes(row, cases.get(row.case_id))
        if not changes and not row.said["note"]:
            outcome.untouched += 1
        elif row.content_key in known:
            outcome.before += 1
        else:
            note = row.said["note"] or ""
            wanted.append(Wanted(row.case_id, row.version, "set", changes, note, content_key=row.content_key))
    done = act_on(store, cases, wanted, who)
    number = {row.case_id: row.number for row in rows}
    outcome.done = done.done
    outcome.refused = [(number[case_id], case_id, why) for case_id, why in done.refused]
    return outcome


def read_sheet(data: bytes) -> tuple[list[SheetRow], list[str]]:
    """The rows of the workbook's worklist, and the names of columns that are not read. Raises `RequestRefused` with
    row and column of what cannot be read."""
    names, body = rows_of_sheet(data, KNOWN_BY, TAKEN)
    rows: list[SheetRow] = []
    faults: list[str] = []
    for number, told in body:
        if not any(told[name] for name in ("version", *TAKEN)):
            continue  # a row of totals, or of a person's own
        row, wrong = _row(number, told)
        faults += wrong
        if row is not None:
            rows.append(row)
    refuse([*faults, *named_twice("case_id", [(row.number, row.case_id) for row in rows])])
    return rows, [name for name in names if name and name not in (*KNOWN_BY, *TAKEN, AS_EXPORTED)]


def _row(number: int, told: Mapping[str, str]) -> tuple[SheetRow | None, list[str]]:
    """The row, or what is wrong in which column. What a person wrote is not repeated: it may name a patient."""
    wrong = []
    version, state, next_on = whole_number(told.get("version", "")), heading(told["state"]), told.get("next_on", "")
    if not told.get("case_id"):
        wrong.append("case_id: wanted the id of a case, found an empty cell")
    if version is None:
        wrong.append("version: wanted the whole number that was exported")
    if state not in STATES:
        wrong.append(f"state: wanted one of {', '.join(WITHOUT_CODE)}")
    if next_on and day(next_on) is None:
        wrong.append("next_on: wanted a date such as 2026-11-13, or nothing")
    wrong += [
        f"{name}: wanted at most {most:,} characters"
        for name, most in (("note", LONGEST), ("owner", LONGEST_OWNER))
        if len(told[name]) > most
    ]
    was = _was(told.get(AS_EXPORTED, ""), told.get("case_id", ""))
    if was is None and told.get(AS_EXPORTED):
        wrong.append(f"{AS_EXPORTED}: wanted what was exported of this row; sort whole rows, with the hidden column")
    if wrong or version is None:
        return None, [f"row {number}, {one}" for one in wrong]
    said = {"state": state, "owner": told["owner"] or None, "next_on": day(next_on) if next_on else None}
    return SheetRow(number, told["case_id"], version, {**said, "note": told["note"] or None}, was), []


def _was(text: str, case_id: str) -> Mapping[str, Any] | None:
    """What the hidden column says of the row; None where it says nothing, or is another row's."""
    try:
        of_case, state, owner, next_on = json.loads(text)
        if of_case != case_id:
            return None
        return {"state": state, "owner": owner, "next_on": None if next_on is None else date.fromisoformat(next_on)}
    except (ValueError, TypeError):
        return None


def _changes(row: SheetRow, case: Row | None) -> dict[str, Any]:
    """What the person changed: against what was exported, or, where the sheet lacks that, against what is there now."""
    was = row.was or case
    if was is None:
        return {name: row.said[name] for name in ("state", "owner", "next_on")}
    return {name: row.said[name] for name in ("state", "owner", "next_on") if row.said[name] != was[name]}


def _taken_before(store: Store, rows: Sequence[SheetRow]) -> set[str]:
    keys = "\n".join(row.content_key for row in rows)
    return set(query_table(store, "casework/taken", {"content_keys": keys})["content_key"].to_pylist())
