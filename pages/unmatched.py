"""Unmatched: what has no partner, why, its best candidates, and the decision about it."""

import streamlit as st

from analysis import ui
from analysis.charts import unmatched_by_type
from analysis.match.unmatched import unmatched

DEFINITION = "Deposits, remittances and claims that no confirmed match ties off, with the nearest miss in words."

left, right = st.columns([3, 2], vertical_alignment="center")
left.title("Unmatched")
as_of = ui.as_of()
ui.outcome()
whole = ui.kept(("unmatched", as_of), lambda: unmatched(ui.store(), as_of))
if whole.empty:
    ui.all_clear("Every deposit has its remittance and every remittance its deposit.", as_of)
    ui.undo_button(as_of)
    st.stop()
with right:
    in_state = ui.by_state(whole, "unmatched")
shown = ui.filtered(in_state, "unmatched", ("item_type", "payer_name", "bank_account"))
if shown.empty:
    ui.nothing_here("No open item fits these filters. Clear one to see more.")
    ui.undo_button(as_of)
    st.stop()

bench = ui.bench(shown, whole, as_of)
ui.work_strip(bench)
with st.container(key="work_panes"):
    left, right = st.columns(2)
with left.container(key="work_list"):
    ui.item_list(shown, bench)
    foot, leaves = st.columns(2, vertical_alignment="center")
    with foot:
        ui.foot(shown, whole, "amount")
    with leaves:
        ui.downloads(shown, "unmatched", "Unmatched", as_of, DEFINITION)
with right.container(key="work_candidates"):
    ui.candidate_pane(bench)

with st.container(border=True, key="unmatched_detail"):
    names = ("item_type", "amount", "item_date", "age_days", "payer_name", "reference", "bank_account", "status")
    ui.facts(bench.item, names, across=8)
    ui.way(bench.item["side"], bench.item["fact_id"])
    ui.raw(bench.item, "As the file wrote it")
    ui.decided(bench)
with st.expander("By type", icon=":material/bar_chart:"):
    st.plotly_chart(unmatched_by_type(shown), key="unmatched_chart", alt="Open items by type")
