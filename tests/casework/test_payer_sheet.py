"""The payers' spreadsheet and back: filled in by number and version, new ones by name, the broken sheet refused."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from analysis.casework.payer_sheet import COLUMNS, payer_sheet, take_payers
from analysis.casework.payers import FIELDS, KEPT, payers, save_payer
from analysis.exports import to_one_sheet
from analysis.problems import RequestRefused
from analysis.store import Store
from tests.files import loaded, remittance_835

Edits = Mapping[int, Mapping[str, Any]]


def filled_in(store: Store, edits: Edits) -> bytes:
    """The sheet as it is downloaded now, with the cells of those rows filled in."""
    book = load_workbook(io.BytesIO(to_one_sheet(payer_sheet(store), "Payers")))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    for row, cells in edits.items():
        for name, value in cells.items():
            sheet.cell(row, COLUMNS.index(name) + 1).value = value
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The workbook's bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def kept(store: Store) -> dict[str, dict[str, Any]]:
    """The payers in the reference by name."""
    rows = payers(store)
    return {row["payer_name"]: row for row in rows[rows["payer_standing"] == KEPT].to_dict("records")}


def test_what_was_filled_in_is_saved_and_the_rest_is_not_touched(store: Store) -> None:
    """A payer of the remittances is kept once something is filled in; a kept one changes where it was changed."""
    loaded(store, remittance_835("T1", "10.00"))
    offered = payers(store)["payer_name"].iloc[0]
    save_payer(store, {"payer_name": "ALPHA", "phone": "1", "eft_since": date(2026, 1, 2)}, "ana")
    save_payer(store, {"payer_name": "BETA", "address": "PO Box 1\nTown"}, "ana")
    assert take_payers(store, filled_in(store, {}), "ben").words == "nothing is taken; 3 rows not changed"

    edits = {
        2: {
            "phone": None,
            "timely_filing_days": 90,
            "era_enrolment": "Not enrolled",
            "era_since": datetime(2026, 3, 4),
        },
        4: {"refund_address": "PO Box 2\nCity"},
        5: {"payer_name": "GAMMA", "payer_ids": "0012; 34"},
    }
    taken = take_payers(store, filled_in(store, edits), "ben")
    assert (taken.words, taken.refused) == ("3 of 3 changed rows taken; 1 row not changed", [])
    now = kept(store)
    assert set(now) == {"ALPHA", "BETA", "GAMMA", offered}
    alpha = now["ALPHA"]
    assert (alpha["timely_filing_days"], alpha["era_enrolment"], alpha["version"]) == (90, "not_enrolled", 2)
    assert (alpha["eft_since"], alpha["era_since"], alpha["recorded_by"]) == (date(2026, 1, 2), date(2026, 3, 4), "ben")
    assert payers(store).query("payer_name == 'ALPHA'")["phone"].isna().all()
    assert (now["BETA"]["version"], now["GAMMA"]["payer_ids"]) == (1, "0012; 34")
    assert now[offered]["refund_address"] == "PO Box 2\nCity"
    assert take_payers(store, filled_in(store, {}), "ben").untouched == 4


def test_what_someone_else_changed_since_is_told(store: Store) -> None:
    """The row is not taken, by row and name; the others are."""
    for name in ("ALPHA", "BETA"):
        save_payer(store, {"payer_name": name}, "ana")
    sheet = filled_in(store, {2: {"phone": "1"}, 3: {"phone": "2"}, 4: {"payer_name": "beta", "phone": "3"}})
    with pytest.raises(RequestRefused, match="row 4, payer_name: it stands in row 3 already"):
        take_payers(store, sheet, "ben")
    sheet = filled_in(store, {2: {"phone": "1"}, 3: {"phone": "2"}})
    save_payer(store, {"payer_name": "BETA", "fax": "9"}, "cleo", int(kept(store)["BETA"]["payer_number"]), 1)
    taken = take_payers(store, sheet, "ben")
    assert taken.words == "1 of 2 changed rows taken; 0 rows not changed"
    ((number, name, why),) = taken.refused
    assert (number, name) == (3, "BETA") and "cleo has saved this payer since, as version 2" in why


def test_a_list_of_ones_own_is_taken_by_name(store: Store) -> None:
    """A few columns under their names suffice; a name that is kept already is told, and what is not read is named."""
    save_payer(store, {"payer_name": "ALPHA"}, "ana")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Payer name", "Refund address", "Region"])
    sheet.append(["DELTA", "PO Box 7", "east"])
    sheet.append(["alpha", "PO Box 8", "west"])
    taken = take_payers(store, saved(book), "ben")
    assert taken.words == "1 of 2 changed rows taken; 0 rows not changed; 1 other column not read"
    assert kept(store)["DELTA"]["refund_address"] == "PO Box 7"
    assert "ALPHA tells ALPHA already" in taken.refused[0][2]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("timely_filing_days", "soon", "row 2, timely_filing_days: wanted a whole number of days"),
        ("eft_since", "2026-13-01", "row 2, eft_since: wanted a date"),
        ("eft_enrolment", "perhaps", "row 2, eft_enrolment: wanted one of enrolled, asked, not_enrolled"),
        ("payer_name", None, "row 2, payer_name: wanted the payer's name, found an empty cell"),
        ("version", "x", "row 2, payer_number and version: wanted the whole numbers"),
    ],
)
def test_a_cell_that_cannot_be_read_refuses_the_sheet(store: Store, name: str, value: Any, words: str) -> None:
    """By row and column; nothing of the sheet is saved."""
    for one in ("ALPHA", "BETA"):
        save_payer(store, {"payer_name": one}, "ana")
    with pytest.raises(RequestRefused, match=words):
        take_payers(store, filled_in(store, {2: {name: value}, 3: {"phone": "5"}}), "ben")
    assert {row["version"] for row in kept(store).values()} == {1}


def test_what_is_no_payers_sheet_is_refused(store: Store) -> None:
    """Another file, another workbook."""
    with pytest.raises(RequestRefused, match="wanted an XLSX workbook"):
        take_payers(store, b"payer_name\nALPHA\n", "ben")
    with pytest.raises(RequestRefused, match="no sheet of the workbook has the headings payer_name"):
        take_payers(store, saved(Workbook()), "ben")
    assert set(FIELDS) < set(COLUMNS)
