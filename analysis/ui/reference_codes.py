"""Codes on the screen: looked up by code or words, and the lists that the site loads."""

from __future__ import annotations

import streamlit as st

from analysis.casework.code_lists import MOST_BYTES, MOST_FOUND, code_lists, load_code_list, load_packaged, look_up
from analysis.intake.code_lists import LISTS, PACKAGED
from analysis.problems import RequestRefused
from analysis.ui import words
from analysis.ui.decisions import simply
from analysis.ui.opening import store, who
from analysis.ui.states import nothing_here
from analysis.ui.tables import table

_FILE = "code_list_file"
_LISTS = ("list_name", "source_name", "code_count", "is_in_force", "loaded_by", "loaded_at")


def reference_codes() -> None:
    """A field to look a code up, and below what is known of it in every list."""
    typed = st.text_input("Code, or words", key="code_asked", placeholder="45, MA130, E11.9, capitation", max_chars=60)
    if not typed.strip():
        st.caption(
            "Categories of CARC, RARC, PLB and claim status are Tieout's own. Their texts, and those of CPT, are "
            "licensed: load the lists that you hold a licence for."
        )
        return
    found = look_up(store(), typed)
    if found.empty:
        nothing_here("No list in force has such a code. Load your lists below.")
        return
    table(found, "codes_found", widths={"list_name": 130, "code": 100, "category": 180, "description": 800})
    more = " Only so many are shown." if len(found) == MOST_FOUND else ""
    st.caption(f"{words.count_of(len(found), 'code')}.{more}")


def reference_lists() -> None:
    """The lists that were loaded, and a form for another: whole or not at all, the newest of a name holds."""
    told = code_lists(store())
    if not told.empty:
        table(told, "code_lists", columns=_LISTS, widths={"source_name": 320})
    with st.form("code_list", border=False):
        left, right = st.columns([1, 3])
        left.selectbox("List", tuple(LISTS), key="code_list_name", format_func=words.code)
        right.file_uploader(
            "CSV or XLSX with code and description; CDC's icd10cm_order and icd10cm_codes, CMS's HCPCS ANWEB text",
            key=_FILE,
            max_upload_size=MOST_BYTES // 1_000_000,
        )
        st.form_submit_button("Load the list", key="code_list_load", on_click=_load)
    if PACKAGED not in set(told["list_name"]):
        st.button(
            f"Load the {words.code(PACKAGED)} list that came with Tieout", key="code_list_packaged", on_click=_packaged
        )


def _load() -> None:
    def done() -> str:
        given, name = st.session_state[_FILE], st.session_state["code_list_name"]
        if given is None:
            raise RequestRefused("choose the file first")
        return _says(name, load_code_list(store(), name, given.name, given.getvalue(), who()))

    simply(done)


def _packaged() -> None:
    simply(lambda: _says(PACKAGED, load_packaged(store(), who())))


def _says(name: str, count: int) -> str:
    return f"{words.code(name)}: {words.count_of(count, 'code')} hold from now on"
