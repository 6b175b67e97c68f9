"""The worklist as a workbook to work in: what may be changed is white, what only Tieout knows is grey."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import xlsxwriter

from analysis.casework.codes import WITHOUT_CODE
from analysis.casework.sheet import AS_EXPORTED, KNOWN_BY, LOCKED, TAKEN, exported_text
from analysis.exports.cells import arrow
from analysis.exports.tables import OPTIONS, write_values
from analysis.exports.trade import in_trade

COLUMNS = (*KNOWN_BY, *TAKEN, *LOCKED, AS_EXPORTED)
_WIDTHS = {"case_id": 34, "note": 44, "owner": 16, "why": 60, "next_step": 44, "payer_name": 30, "item_type": 26}
_TELLS = {
    "case_id": "Grey columns are Tieout's: what is changed in them is not read. Sort and filter as you like.",
    "state": f"One of {', '.join(WITHOUT_CODE)}. A case that waits needs a next date, a held one a note.",
    "note": "Write a note here; it is added to the case's history.",
    "owner": "Whose case it is; empty for nobody.",
    "next_on": "When it comes up again, as a date; empty for now.",
}


def worklist_xlsx(cases: pd.DataFrame, as_of: date) -> bytes:
    """The cases as a workbook: ids, versions and facts in grey, state, owner, next date and note to be written in."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS | {"constant_memory": False}) as book:
        _sheet(book, arrow(in_trade(cases)).to_pylist())
        facts = (
            ("Report", "Worklist, to be worked in and uploaded again on the page Worklist"),
            ("As of", as_of),
            ("Rows", len(cases)),
            ("Taken back", "state, owner, next_on and note, by case_id and version; nothing else"),
            ("Units", "US dollars; calendar days"),
            ("Made by", "Tieout"),
        )
        write_values(book, "About", facts)
    return out.getvalue()


def _sheet(book: Any, rows: list[dict[str, Any]]) -> None:
    sheet = book.add_worksheet("Worklist")
    formats = _formats(book)
    for place, name in enumerate(COLUMNS):
        options = {"hidden": True} if name == AS_EXPORTED else {}
        sheet.set_column(place, place, _WIDTHS.get(name, 14), None, options)
        sheet.write_string(0, place, name, formats["head" if name in TAKEN else "locked_head"])
        if name in _TELLS:
            sheet.write_comment(0, place, _TELLS[name])
    sheet.freeze_panes(1, len(KNOWN_BY))
    sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    states = {"validate": "list", "source": list(WITHOUT_CODE), "error_type": "warning"}
    sheet.data_validation(1, COLUMNS.index("state"), max(len(rows), 1), COLUMNS.index("state"), states)
    for at, row in enumerate(rows, start=1):
        told = row | {
            "note": None,
            AS_EXPORTED: exported_text(row["case_id"], row["state"], row["owner"], row["next_on"]),
        }
        for place, name in enumerate(COLUMNS):
            _cell(sheet, at, place, told[name], formats, "" if name in TAKEN else "locked_")


def _formats(book: Any) -> dict[str, Any]:
    grey: dict[str, Any] = {"bg_color": "#E7EAEC", "font_color": "#4A5358", "locked": True}
    free: dict[str, Any] = {"locked": False}
    head: dict[str, Any] = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    kinds: dict[str, dict[str, Any]] = {
        "text": {"num_format": "@"},
        "day": {"num_format": "yyyy-mm-dd"},
        "money": {"num_format": "#,##0.00"},
        "number": {},
        "head": head,
    }
    made = {name: book.add_format(how | free) for name, how in kinds.items()}
    return made | {f"locked_{name}": book.add_format(how | grey) for name, how in kinds.items()}


def _cell(sheet: Any, at: int, place: int, value: Any, formats: dict[str, Any], lock: str) -> None:
    match value:
        case None:
            is_day = COLUMNS[place] == "next_on"
            sheet.write_blank(at, place, None, formats[f"{lock}{'day' if is_day else 'text'}"])
        case Decimal():
            sheet.write_number(at, place, value, formats[f"{lock}money"])
        case int():
            sheet.write_number(at, place, value, formats[f"{lock}number"])
        case date():
            sheet.write_datetime(at, place, value, formats[f"{lock}day"])
        case _:
            sheet.write_string(at, place, str(value), formats[f"{lock}text"])
