"""Matching runs: what each run made and ended, and undoing one as a whole."""

import streamlit as st

from analysis import ui
from analysis.match.runs import runs

left, right = st.columns([4, 1], vertical_alignment="center")
left.title("Matching runs")
as_of = ui.as_of()
ui.outcome()
with right:
    ui.run_button()
whole = ui.kept("runs", lambda: runs(ui.store()))
if whole.empty:
    ui.nothing_here("Matching has not run yet.", "pages/upload.py", "Upload and match")
    st.stop()
shown = ui.filtered(whole, "runs", ("kind", "run_by"))
if st.toggle("Also runs that changed nothing", key="runs_idle"):
    changed = shown
else:
    changed = shown[(shown["made_count"] > 0) | (shown["ended_count"] > 0) | (shown["kind"] == "undo")]
if changed.empty:
    ui.nothing_here("No run fits these filters. Clear one, or show runs that changed nothing.")
    st.stop()
columns = (
    "run_id",
    "started_at",
    "kind",
    "run_by",
    "as_of_date",
    "made_count",
    "proposed_count",
    "amount",
    "ended_count",
)
columns += ("standing_count", "undone_by_run", "undoes_run_id", "reason")
chosen = ui.table(changed, "runs", row_id="run_id", columns=columns)
left, right = st.columns(2, vertical_alignment="center")
with left:
    ui.foot(changed, whole)
with right:
    ui.downloads(changed[list(columns)], "runs", "Matching runs", as_of, total_columns=())
if chosen is None:
    st.caption("Choose a run to see its matches by rule, or to undo it.")
else:
    ui.run_details(chosen, as_of)
