"""Unidentified money: whose a deposit is, step by step; suspense, unapplied and wrong home, apart from all else."""

import streamlit as st

from analysis import ui
from analysis.casework.parked import deposits_by_place, parked_report

DEFINITION = "Parked money lot by lot, US dollars: suspense, unapplied, wrong home and sent, without names."

st.title("Unidentified money")
as_of = ui.as_of()
ui.outcome()
ui.money_strip(as_of)
whole = ui.kept(("deposits_by_place", as_of), lambda: deposits_by_place(ui.store(), as_of))
if whole.empty:
    ui.all_clear("Every cent that came is posted: nothing is unidentified, in suspense or in the wrong home.", as_of)
    st.stop()
chosen = ui.place_list(whole)
left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    st.caption("Choose a deposit to trace it, park its money, or send it on.")
with right:
    ui.downloads(parked_report(ui.store(), as_of), "suspense", "Suspense", as_of, DEFINITION)
if chosen is not None:
    with st.container(border=True, key="unidentified_detail"):
        ui.money_detail(chosen, as_of)
