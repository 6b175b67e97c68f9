"""CMS 838: what is owed to Medicare at a quarter's end, the form's columns, and its certification."""

import streamlit as st

from analysis import ui

st.title("CMS 838")
as_of = ui.as_of()
ui.outcome()
end = ui.quarter(as_of)
st.caption(
    ui.spoken(
        "What is owed to Medicare at the quarter's end; what a certified report told before, only where it changed."
    )
)
ui.report_838(end, as_of)
