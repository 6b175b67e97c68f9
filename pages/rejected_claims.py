"""Rejected claims: which claims of remittances cannot be posted, why, what they hold back, what was done."""

import streamlit as st

from analysis import ui
from analysis.casework.rejections import rejected_claims

DEFINITION = "Claims of remittances that cannot be posted, each with its codes; US dollars paid on the claim."

st.title(ui.spoken("Rejected claims"))
as_of = ui.as_of()
ui.outcome()
whole = ui.kept(("rejected_claims", as_of), lambda: rejected_claims(ui.store(), as_of))
if whole.empty:
    ui.all_clear(ui.spoken("Every claim of every remittance can be posted."), as_of)
    st.stop()
chosen = ui.rejected_list(whole, as_of)
left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    st.caption("Choose a claim to assign it, record that it was posted by hand, or send it to its home.")
with right:
    ui.downloads(whole, "rejected_claims", "Rejected claims", as_of, DEFINITION)
if chosen is not None:
    with st.container(border=True, key="rejected_detail"):
        ui.rejected_detail(chosen, as_of)
