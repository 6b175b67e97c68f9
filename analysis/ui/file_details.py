"""The loaded files on the screen: the list, and of the chosen one what it holds and what was found in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analysis.money import show
from analysis.store.files import contents_of_file, files, findings_of_file
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.details import facts
from analysis.ui.downloads import downloads
from analysis.ui.filters import filtered
from analysis.ui.kept import kept
from analysis.ui.opening import store
from analysis.ui.states import all_clear, nothing_here, welcome
from analysis.ui.tables import foot, table

_LISTED = ("loaded_at", "file_name", "kind", "errors", "warnings", "size_bytes", "loaded_by")
_FINDINGS = ("severity", "code", "location", "message", "amount")
_ROWS = 9
_WIDTHS = {"location": 190, "severity": 90, "code": 190}


def loaded_files(as_of: date) -> None:
    """Every file in the store, the newest first; the chosen one in full. `as_of` names the downloads."""
    every = kept("files", lambda: files(store()))
    if every.empty:
        welcome()
        return
    shown = filtered(every, "upload", ("kind",)).iloc[::-1]
    if shown.empty:
        nothing_here("No file fits these filters. Clear one to see more.")
        return
    chosen = table(shown, "files", row_id="file_id", columns=_LISTED, rows_shown=_ROWS)
    left, right = st.columns(2, vertical_alignment="center")
    with left:
        foot(shown, every)
    with right:
        downloads(shown[list(_LISTED)], "files", "Files loaded", as_of)
    if chosen is None:
        st.caption("Choose a file to see what it holds and what was found in it.")
    else:
        _in_full(chosen, as_of)


def _in_full(file: Mapping[str, Any], as_of: date) -> None:
    file_id = int(file["file_id"])
    with st.container(border=True, key="file_detail"):
        facts(file, ("file_name", "kind", "loaded_at", "loaded_by"))
        told = contents_of_file(store(), file_id)
        _contents("Rows", told[~told["is_total"]], "row_count")
        _contents("Totals, US dollars", told[told["is_total"]], "amount")
        found = findings_of_file(store(), file_id)
        if found.empty:
            all_clear("Nothing was found amiss in it.")
            return
        table(found, "file_findings", columns=_FINDINGS, widths=_WIDTHS)
        left, right = st.columns(2, vertical_alignment="center")
        with left:
            foot(found, found)
        with right:
            downloads(found[list(_FINDINGS)], f"findings_of_file_{file_id}", "Findings of a file", as_of)


def _contents(title: str, told: pd.DataFrame, value: str) -> None:
    if told.empty:
        return
    said = [
        f"{words.label(name)} {show(amount) if value == 'amount' else f'{amount:,}'}"
        for name, amount in zip(told["name"], told[value], strict=True)
    ]
    st.caption(title)
    st.text(spoken(" · ".join(said)))
