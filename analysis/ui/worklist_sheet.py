"""The worklist as a spreadsheet: the rows shown as a workbook to work in, and what was changed in it taken back."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis.casework.sheet import MOST_BYTES, Taken, take_sheet
from analysis.exports import WORKBOOK, worklist_xlsx
from analysis.problems import RequestRefused
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.opening import store
from analysis.ui.worklist_bench import CaseBench

_TAKEN, _FIELD = "worklist_sheet_taken", "worklist_sheet"


def worklist_sheet(bench: CaseBench) -> None:
    """The download, the upload, and what became of the last upload, row by row where it was not taken."""
    st.caption(
        "Change state, owner, next_on and note in the white columns, save, and upload it again. Rows are known by case "
        "and version: what someone else has changed since is told, and not taken."
    )
    going, as_of = bench.shown.drop(columns=["case_state"]), bench.as_of
    st.download_button(
        f"Download {words.count_of(len(going), 'case')}",
        data=lambda: worklist_xlsx(going, as_of),
        file_name=f"worklist_{as_of.isoformat()}.xlsx",
        mime=WORKBOOK,
        key="worklist_sheet_xlsx",
        on_click="ignore",
        icon=":material/download:",
    )
    with st.form("worklist_sheet_form", border=False):
        st.file_uploader("The workbook, worked in", type=["xlsx"], key=_FIELD, max_upload_size=MOST_BYTES // 1_000_000)
        st.form_submit_button("Take what was changed", key="worklist_sheet_take", on_click=_take, args=(bench, as_of))
    _tell(st.session_state.pop(_TAKEN, None))


def _take(bench: CaseBench, as_of: date) -> None:
    def done() -> str:
        given = st.session_state[_FIELD]
        if given is None:
            raise RequestRefused("choose the workbook first")
        taken = take_sheet(store(), bench.cases, given.getvalue(), decider(as_of))
        st.session_state[_TAKEN] = taken
        return taken.words

    simply(done)


def _tell(taken: Taken | None) -> None:
    if taken is None:
        return
    (st.warning if taken.refused else st.success)(words.unmarked(taken.words))
    for number, case_id, why in taken.refused:
        st.text(f"Row {number}, {case_id}: {why}")
