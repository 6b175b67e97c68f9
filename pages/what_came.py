"""What came: how each payer, bank account and the posting usually come, and what is late, missing or came twice."""

import streamlit as st

from analysis import ui
from analysis.charts import arrivals_strip
from analysis.tieout.radar import arrivals, radar, strip

DEFINITION = (
    "One row for each source. Its rhythm is that of the last half year, in business days of the Federal Reserve: "
    "due on the day it is expected, late once that is over, silent once it is away longer than ever before."
)

st.title("What came")
as_of = ui.as_of()
came = ui.kept(("arrivals", as_of), lambda: arrivals(ui.store(), as_of))
if not came:
    ui.nothing_here("No file of the last half year up to this day.", "pages/upload.py", "Upload files")
    st.stop()
st.caption(f"As of the end of {ui.long_day(as_of)}. {DEFINITION}")
whole = ui.kept(("radar", as_of), lambda: radar(ui.store(), as_of, came))
shown = ui.filtered(whole, "what_came", ("arrival_state", "source_type"))
if shown.empty:
    ui.nothing_here("No source fits these filters. Clear one to see more.")
    st.stop()
st.subheader("Day by day; weekends and bank holidays are grey", anchor=False)
calendar = strip(came, as_of)
marks = calendar[calendar["source_name"].isin(shown["source_name"])]
st.plotly_chart(arrivals_strip(marks, list(shown["source_name"]), as_of), key="strip", alt="What came, day by day")
columns = ("arrival_state", "source_name", "rhythm", "silent_days", "expected_on", "missing_count", "overlap_count")
columns += ("overlap_amount", "missing_days", "last_came", "arrivals", "source_type")
chosen = ui.table(shown, "sources", row_id="source_id", columns=columns)
left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    ui.foot(shown, whole, "overlap_amount")
with right:
    ui.downloads(shown.drop(columns="source_id"), "what_came", "What came", as_of, DEFINITION)
if chosen is None:
    st.caption("Choose a source to see how it comes, and its rows.")
else:
    ui.source_details(chosen)
