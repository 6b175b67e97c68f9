"""Deposits: slips of the cheques and cash that came, and how the bank shows each."""

import streamlit as st

from analysis import ui

st.title("Deposits")
at = ui.day_to_key()
ui.outcome()
st.subheader("On no slip yet")
ticked = ui.free_list(at)
if ticked:
    with st.container(border=True, key="new_slip"):
        ui.new_slip(ticked, at)
else:
    st.page_link("pages/keying.py", label="Key a batch", icon=":material/keyboard:")
st.subheader("Slips")
slip = ui.slip_list(at)
if slip is not None:
    with st.container(border=True, key="slip_detail"):
        ui.slip_detail(slip, at)
with st.expander("Payee names, lockboxes, days", icon=":material/tune:"):
    ui.cash_settings(at)
