"""The worklist as a spreadsheet: the rows shown as a workbook to work in, and what was changed in it taken back."""

from __future__ import annotations

import streamlit as st

from analysis.casework.sheet import take_sheet
from analysis.exports import worklist_xlsx
from analysis.ui import words
from analysis.ui.decisions import decider
from analysis.ui.opening import store
from analysis.ui.sheets import sheet_desk
from analysis.ui.worklist_bench import CaseBench


def worklist_sheet(bench: CaseBench) -> None:
    """The download, the upload, and what became of the last upload, row by row where it was not taken."""
    st.caption(
        "Change state, owner, next_on and note in the white columns, save, and upload it again. Rows are known by case "
        "and version: what someone else has changed since is told, and not taken."
    )
    going, as_of = bench.shown.drop(columns=["case_state"]), bench.as_of
    sheet_desk(
        "worklist_sheet",
        f"Download {words.count_of(len(going), 'case')}",
        f"worklist_{as_of.isoformat()}.xlsx",
        lambda: worklist_xlsx(going, as_of),
        lambda data: take_sheet(store(), bench.cases, data, decider(as_of)),
    )
