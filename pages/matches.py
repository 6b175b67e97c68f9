"""Matches: what is tied to what, by which rule or person, and taking one apart."""

import streamlit as st

from analysis import ui
from analysis.match.links import matches

DEFINITION = "One row for each side of a match; the amount is what is linked, not the whole of the item."

st.title("Matches")
as_of = ui.as_of()
ui.outcome()
whole = ui.kept(("matches", as_of), lambda: matches(ui.store(), as_of))
if whole.empty:
    ui.nothing_here("Nothing is matched up to this day.", "pages/upload.py", "Upload and match")
    ui.undo_button(as_of)
    st.stop()
shown = ui.filtered(whole, "matches", ("rule", "status", "side"))
if shown.empty:
    ui.nothing_here("No match fits these filters. Clear one to see more.")
    ui.undo_button(as_of)
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
left, middle, right = st.columns([2, 1, 1], vertical_alignment="center")
with left:
    ui.foot(shown, whole)
with middle:
    ui.undo_button(as_of)
with right:
    ui.downloads(shown, "matches", "Matches", as_of, DEFINITION, ())

if chosen is None:
    st.caption("Choose a row to see the whole match, who or which rule made it, and to take it apart.")
else:
    ui.match_details(int(chosen["match_id"]), as_of)
