"""Unmatched: what has no partner, why, and what to do next."""

import streamlit as st

from analysis import ui
from analysis.charts import unmatched_by_type
from analysis.match.unmatched import unmatched

DEFINITION = "Deposits, remittances and claims that no confirmed match ties off, with the nearest miss in words."

st.title("Unmatched")
as_of = ui.as_of()
whole = unmatched(ui.store(), as_of)
if whole.empty:
    ui.all_clear("Every deposit has its remittance and every remittance its deposit.")
    st.stop()
shown = ui.filtered(whole, "unmatched", ("item_type", "payer_name", "bank_account"))
if shown.empty:
    ui.nothing_here("No open item fits these filters. Clear one to see more.")
    st.stop()
columns = (
    "age_days",
    "item_type",
    "reference",
    "payer_name",
    "amount",
    "why",
    "next_step",
    "item_date",
    "bank_account",
)
chosen = ui.table(shown, "unmatched", row_id="item_id", columns=columns)
left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    ui.foot(shown, whole, "amount")
with right:
    ui.downloads(shown, "unmatched", "Unmatched", as_of, DEFINITION)

if chosen is None:
    st.caption("Choose a row to see why it is open, what to do next and the file it came from.")
    with st.expander("By type", icon=":material/bar_chart:"):
        st.plotly_chart(unmatched_by_type(shown), key="unmatched_chart", alt="Open items by type")
else:
    with st.container(border=True, key="unmatched_detail"):
        names = ("item_type", "amount", "item_date", "age_days", "payer_name", "reference", "bank_account", "status")
        ui.facts(chosen, names)
        ui.facts(chosen, ("why", "next_step"), across=2)
        ui.way(chosen["side"], chosen["fact_id"])
        ui.raw(chosen, "As the file wrote it")
