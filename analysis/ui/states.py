"""Pages with nothing to show: each names the next step."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis.match.run import match
from analysis.sample import FORTNIGHT, SERVICE_COMPANY, Sample, load_sample
from analysis.tieout.today import first_day, latest_day
from analysis.trade_words import spoken
from analysis.ui.opening import store, who


def welcome() -> None:
    """An empty store offers either sample with one click, and the way to Upload."""
    with st.container(border=True, key="welcome"):
        st.subheader("Nothing is loaded yet")
        st.write(
            "Tieout ties every cent of every deposit to a remittance and to a posting batch, "
            "and lists what does not tie, why, and what to do next."
        )
        st.write(
            "Load your own day's files, or look around with a sample of two weeks: an invented hospital's 158 files, "
            "with bank statements, 835s, posting batches, receipts and account ledgers; or an invented service "
            "company's 31, with a bank's CSV, remittance advice as tables, posting batches and invoices."
        )
        with st.container(horizontal=True):
            wanted = st.button(
                "Load the sample fortnight", type="primary", key="load_sample", icon=":material/science:"
            )
            serves = st.button(
                "Load the sample of a service company", key="load_service_sample", icon=":material/water_drop:"
            )
            st.page_link("pages/upload.py", label="Upload files", icon=":material/upload_file:")
    if wanted or serves:
        _load_sample(FORTNIGHT if wanted else SERVICE_COMPANY)


def _load_sample(sample: Sample) -> None:
    with st.status(f"Loading the {sample.title} …", expanded=False) as status:
        for number, _ in enumerate(load_sample(store(), who(), sample), start=1):
            if number % 10 == 0:
                status.update(label=f"Loading the {sample.title}: {number} files …")
        status.update(label="Matching …")
        latest = latest_day(store())
        if latest is not None:
            match(store(), latest, who())
        status.update(label=f"The {sample.title} is loaded and matched.", state="complete")
    st.rerun()


def all_clear(words: str, as_of: date | None = None) -> None:
    """The good empty table: nothing is open, and the page says so; of a day before all that is loaded it says that."""
    first = None if as_of is None else first_day(store())
    if as_of is not None and first is not None and as_of < first:
        nothing_here(f"Nothing of that day is loaded: what is known begins on {first.isoformat()}.")
    else:
        st.success(spoken(words), icon=":material/check_circle:")


def nothing_here(words: str, page: str | None = None, label: str = "") -> None:
    """An empty table with its next step; `page` is where that is done."""
    st.info(spoken(words), icon=":material/info:")
    if page is not None:
        st.page_link(page, label=spoken(label))
