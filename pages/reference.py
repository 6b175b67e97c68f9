"""Reference: the payers with their rules and addresses, and what a code means."""

import streamlit as st

from analysis import ui

PAYERS, CODES = ui.spoken("Payers"), "Codes"

left, right = st.columns([3, 2], vertical_alignment="center")
left.title("Reference")
with right.container(horizontal=True, horizontal_alignment="right"):
    shown = st.segmented_control(
        "Shown",
        [PAYERS, CODES],
        default=PAYERS,
        required=True,
        key="reference_of",
        bind="query-params",
        label_visibility="collapsed",
    )
ui.outcome()
if shown == CODES:
    ui.reference_codes()
    st.subheader("Lists of codes")
    ui.reference_lists()
else:
    ui.reference_payers()
