"""Pages with nothing to show: each names the next step."""

from __future__ import annotations

import streamlit as st

from analysis.match.run import match
from analysis.sample import load_sample
from analysis.tieout.today import latest_day
from analysis.ui.opening import store, who


def welcome() -> None:
    """An empty store offers the sample fortnight with one click, and the way to Upload."""
    with st.container(border=True, key="welcome"):
        st.subheader("Nothing is loaded yet")
        st.write(
            "Tieout ties every cent of every deposit to a remittance and to a posting batch, "
            "and lists what does not tie, why, and what to do next."
        )
        st.write(
            "Load your own day's files, or look around with the sample: two weeks of an invented hospital, "
            "158 files with bank statements, 835s, posting batches, receipts and account ledgers."
        )
        with st.container(horizontal=True):
            wanted = st.button(
                "Load the sample fortnight", type="primary", key="load_sample", icon=":material/science:"
            )
            st.page_link("pages/upload.py", label="Upload files", icon=":material/upload_file:")
    if wanted:
        _load_sample()


def _load_sample() -> None:
    with st.status("Loading the sample fortnight …", expanded=False) as status:
        for number, _ in enumerate(load_sample(store(), who()), start=1):
            if number % 10 == 0:
                status.update(label=f"Loading the sample fortnight: {number} files …")
        status.update(label="Matching …")
        latest = latest_day(store())
        if latest is not None:
            match(store(), latest, who())
        status.update(label="The sample fortnight is loaded and matched.", state="complete")
    st.rerun()


def all_clear(words: str) -> None:
    """The good empty table: nothing is open, and the page says so."""
    st.success(words, icon=":material/check_circle:")


def nothing_here(words: str, page: str | None = None, label: str = "") -> None:
    """An empty table with its next step; `page` is where that is done."""
    st.info(words, icon=":material/info:")
    if page is not None:
        st.page_link(page, label=label)
