"""Matches: what is tied to what, by which rule, and how sure that is."""

import streamlit as st

from analysis import ui
from analysis.match.links import matches

DEFINITION = "One row for each side of a match; the amount is what is linked, not the whole of the item."

st.title("Matches")
as_of = ui.as_of()
whole = matches(ui.store(), as_of)
if whole.empty:
    ui.nothing_here("Nothing is matched up to this day.", "pages/upload.py", "Upload and match")
    st.stop()
shown = ui.filtered(whole, "matches", ("rule", "status", "side"))
if shown.empty:
    ui.nothing_here("No match fits these filters. Clear one to see more.")
    st.stop()
shown = shown.assign(row=shown["match_id"].astype("string") + shown["side"] + shown["fact_id"])
columns = (
    "match_id",
    "side",
    "reference",
    "amount",
    "date",
    "payer_name",
    "rule",
    "status",
    "confidence",
    "explanation",
)
chosen = ui.table(shown, "matches", row_id="row", columns=columns)
left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    ui.foot(shown, whole)
with right:
    ui.downloads(shown, "matches", "Matches", as_of, DEFINITION)

if chosen is None:
    st.caption("Choose a row to see the other sides of its match.")
else:
    with st.container(border=True, key="match_detail"):
        ui.facts(chosen, ("rule", "status", "confidence", "explanation"))
        ui.table(whole[whole["match_id"] == chosen["match_id"]], "match_sides", columns=columns[1:6])
        ui.way(chosen["side"], chosen["fact_id"])
