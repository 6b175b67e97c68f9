"""Trace: one box for an amount, a number or a name, and everything that is known of it in order of days."""

import streamlit as st

from analysis import ui
from analysis.tieout.trace import trace

DEFINITION = "What bears the amount, number or name, and the same money from bank to account; a match is told once."
WIDTHS = {"day": 90, "what": 120, "amount": 90, "reference": 135, "payer_name": 150, "words": 420}

st.title("Trace")
as_of = ui.as_of()
text = st.text_input(
    ui.spoken("Amount, trace, cheque, claim, account or batch number, or a payer"),
    key="trace_text",
    placeholder="1828.00",
    help=ui.spoken("Kept out of the address, as it may be a patient's number."),
)
if not text.strip():
    ui.nothing_here("Type what you know of the money: an amount finds also what was keyed for it with digits swapped.")
    st.stop()
found = trace(ui.store(), text, as_of)
if found.empty:
    ui.nothing_here("Nothing is known of it up to this day. Try the amount alone, or a part of the payer's name.")
    st.stop()
shown = found.assign(row=range(len(found)))
columns = ("day", "what", "amount", "reference", "payer_name", "words")
chosen = ui.table(shown, "trace", row_id="row", columns=columns, widths=WIDTHS, lines=3)
left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    ui.foot(shown, shown)
with right:
    ui.downloads(found[list(columns)], "trace", "Trace", as_of, DEFINITION)
if chosen is None:
    st.caption("Choose a row to open what it is about and the lines of its file.")
else:
    with st.container(border=True, key="trace_detail"):
        ui.facts(chosen, columns)
        ui.way(chosen["side"], chosen["fact_id"])
        ui.raw(chosen, "As the file wrote it", last="place")
