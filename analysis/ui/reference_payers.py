"""The payers of the reference on the screen: those kept and those that remittances name, each to be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from analysis.casework.payer_sheet import payer_sheet, take_payers
from analysis.casework.payers import (
    DAYS,
    ENROLLED,
    ENROLMENTS,
    FIELDS,
    MOST_DAYS,
    NUMBERS,
    TO_FILL_IN,
    payer_history,
    payers,
    save_payer,
)
from analysis.exports import to_one_sheet
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.decisions import simply
from analysis.ui.kept import kept
from analysis.ui.opening import store, who
from analysis.ui.sheets import sheet_desk
from analysis.ui.tables import table

_LISTED: tuple[str, ...] = (
    "payer_name",
    "payer_standing",
    "payer_ids",
    "aliases",
    "phone",
    "refund_address",
    "timely_filing_days",
)
_LISTED += ("eft_enrolment", "era_enrolment", "remittance_count", "last_on", "recorded_by", "recorded_at")
_WIDTHS = {"payer_name": 300, "payer_standing": 110, "payer_ids": 150, "aliases": 180, "refund_address": 180}
_HISTORY = ("version", "recorded_at", "recorded_by", *FIELDS)
_ROWS = 10
_LONG = (("address", "refund_address", "contacts"), ("recoupment_rule", "trace_habits", "remark"))
_SHORT = (("payer_ids", "aliases"), ("phone", "fax", "email"))
_HELP = {
    "payer_ids": "Identifiers by semicolons: of the payer (N104), of who pays for it (TRN03), of the ACH company",
    "aliases": "Names by semicolons under which banks and remittances tell it",
    "address": "Where letters go, a line each",
    "refund_address": "Where refunds go, a line each",
    "contacts": "Whom to call for what, a line each",
    "recoupment_rule": "How and after what notice it takes money back",
    "trace_habits": "What stands in its traces and addenda, and what the bank leaves of them",
}


def reference_payers() -> None:
    """The list, and the form of the chosen payer, or of a new one; what is saved names the version that was shown."""
    every = kept("reference_payers", lambda: payers(store()))
    waiting = int((every["payer_standing"] == TO_FILL_IN).sum())
    if waiting:
        counted = spoken(words.count_of(waiting, "payer"))
        st.caption(
            f"To fill in: {counted} of the loaded remittances. Letters and refunds take their addresses from here."
        )
    chosen = None
    if not every.empty:
        chosen = table(every, "payers", row_id="payer_name", columns=_LISTED, rows_shown=_ROWS, widths=_WIDTHS)
    with st.expander("Work in a spreadsheet", icon=":material/table_view:"):
        _sheet()
    if chosen is None:
        st.caption(spoken("Choose a payer to see and change it, or enter another one."))
        with st.expander(spoken("Another payer"), icon=":material/add:"):
            _form({}, "new")
        return
    number, version = chosen["payer_number"], int(chosen["version"] or 0)
    with st.container(border=True, key="payer_detail"):
        st.subheader(words.unmarked(chosen["payer_name"]), anchor=False)
        _form(chosen, f"{chosen['payer_name']}-{version}")
        if number is not None:
            with st.expander("Versions", icon=":material/history:"):
                told = payer_history(store(), int(number))
                table(told, "payer_history", columns=[name for name in _HISTORY if told[name].notna().any()])


def _sheet() -> None:
    st.caption(
        spoken(
            "Fill in any column, save, and upload it again. A payer is known by number and version: what someone else "
            "has changed since is told, and not taken. A row without a number is a payer that is not kept yet."
        )
    )
    sheet_desk(
        "payer_sheet",
        spoken("Download the payers"),
        "payers.xlsx",
        lambda: to_one_sheet(payer_sheet(store()), spoken("Payers")),
        lambda data: take_payers(store(), data, who()),
    )


def _form(row: Mapping[str, Any], key: str) -> None:
    key = f"payer-{key}"
    with st.form(key, border=False):
        left, *others = st.columns([2, 2, 2])
        left.text_input(spoken("Payer"), value=row.get("payer_name") or "", key=f"{key}_payer_name")
        for slot, name in zip(others, _SHORT[0], strict=True):
            _text(slot, row, name, key)
        for slot, name in zip(st.columns(3), _SHORT[1], strict=True):
            _text(slot, row, name, key)
        for names in _LONG:
            for slot, name in zip(st.columns(3), names, strict=True):
                slot.text_area(
                    words.label(name),
                    value=row.get(name) or "",
                    key=f"{key}_{name}",
                    height=100,
                    help=spoken(_HELP.get(name, "")) or None,
                )
        slots = iter(st.columns(6))
        for name in NUMBERS:
            next(slots).number_input(words.label(name), 1, MOST_DAYS, row.get(name), key=f"{key}_{name}")
        for name, since in zip(ENROLMENTS, DAYS, strict=True):
            place = None if row.get(name) is None else ENROLLED.index(row[name])
            next(slots).selectbox(words.label(name), ENROLLED, place, key=f"{key}_{name}", format_func=words.code)
            next(slots).date_input(words.label(since), row.get(since), key=f"{key}_{since}", format="YYYY-MM-DD")
        st.form_submit_button(
            spoken("Save the payer"), key=f"{key}_save", type="primary", on_click=_save, args=(row, key)
        )


def _text(slot: Any, row: Mapping[str, Any], name: str, key: str) -> None:
    slot.text_input(
        words.label(name), value=row.get(name) or "", key=f"{key}_{name}", help=spoken(_HELP.get(name, "")) or None
    )


def _save(row: Mapping[str, Any], key: str) -> None:
    fields = {name: st.session_state[f"{key}_{name}"] for name in FIELDS}
    number = row.get("payer_number")

    def done() -> str:
        save_payer(store(), fields, who(), None if number is None else int(number), int(row.get("version") or 0))
        return f"Saved: {fields['payer_name'].strip()}"

    simply(done)
