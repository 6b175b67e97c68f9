"""Working in a spreadsheet: a workbook is taken away, worked in, uploaded again, and what became of it is told."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.casework.sheet_rows import MOST_BYTES, Taken
from analysis.exports import WORKBOOK
from analysis.problems import RequestRefused
from analysis.ui import words
from analysis.ui.decisions import simply


def sheet_desk(key: str, label: str, file_name: str, made: Callable[[], bytes], take: Callable[[bytes], Taken]) -> None:
    """The download that `made` makes, the upload that `take` takes, and, row by row, what was not taken."""
    st.download_button(
        label,
        data=made,
        file_name=file_name,
        mime=WORKBOOK,
        key=f"{key}_xlsx",
        on_click="ignore",
        icon=":material/download:",
    )
    with st.form(f"{key}_form", border=False):
        st.file_uploader("The workbook, worked in", type=["xlsx"], key=key, max_upload_size=MOST_BYTES // 1_000_000)
        st.form_submit_button("Take what was changed", key=f"{key}_take", on_click=_take, args=(key, take))
    _tell(st.session_state.pop(f"{key}_taken", None))


def _take(key: str, take: Callable[[bytes], Taken]) -> None:
    def done() -> str:
        given = st.session_state[key]
        if given is None:
            raise RequestRefused("choose the workbook first")
        taken = take(given.getvalue())
        st.session_state[f"{key}_taken"] = taken
        return taken.words

    simply(done)


def _tell(taken: Taken | None) -> None:
    if taken is None:
        return
    (st.warning if taken.refused else st.success)(words.unmarked(taken.words))
    for number, one, why in taken.refused:
        st.text(f"Row {number}, {one}: {why}")
