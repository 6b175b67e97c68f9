"""Trace: one box; everything that is known of an amount, a number or a name, and what happened to that money."""

import streamlit as st

from analysis import ui
from analysis.tieout.time_line import money_of
from analysis.tieout.trace import surest, trace

st.title("Trace")
as_of = ui.as_of()
text = ui.look_for()
if not text:
    ui.nothing_here("Type what you know of the money: 1,828.00 also finds the 1,288.00 that was keyed for it.")
    st.stop()
found = ui.kept(("trace", text, as_of), lambda: trace(ui.store(), text, as_of))
st.caption(f"Read as {found.readings.said}.")
if found.hits.empty:
    ui.nothing_here(
        "Nothing up to this day bears that amount, number or name. Choose a later day, or less of the text."
    )
    st.stop()

left, right = st.columns(2)
with left:
    st.subheader("Found")
    columns = ("what", "how", "amount", "day", "reference", "payer_name", "words", "field")
    chosen = ui.table(found.hits, "trace_hits", row_id="hit_id", columns=columns)
    ui.left_out(found.more)
    if chosen is None:
        st.caption("Choose a row to follow that money alone.")
    else:
        with st.container(border=True, key="trace_hit"):
            ui.facts(chosen, ("what", "how", "amount", "reference", "words"), across=3)
            ui.way(chosen["side"], chosen["fact_id"])
hits = surest(found.hits) if chosen is None else found.hits[found.hits["hit_id"] == chosen["hit_id"]]
line = ui.kept(("time line", tuple(hits["hit_id"]), as_of), lambda: money_of(ui.store(), hits, as_of))
with right:
    st.subheader("Time line")
    if line.events.empty:
        ui.nothing_here("These are the money of many. Choose one on the left to follow it.")
        st.stop()
    columns = ("day", "what", "amount", "reference", "words", "payer_name", "file_name", "place")
    event = ui.table(line.events, "trace_events", row_id="event_id", columns=columns)
    ui.left_out(line.more)
    if event is None:
        st.caption("Choose an event to open it, or to see what the file wrote.")
    else:
        with st.container(border=True, key="trace_event"):
            ui.facts(event, ("day", "what", "amount", "reference", "words"), across=3)
            ui.way(event["side"], event["fact_id"])
            ui.raw(event, "As the file wrote it")
