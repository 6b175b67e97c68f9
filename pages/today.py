"""Today: does the day tie, what is overdue, what came and what is missing?"""

import streamlit as st

from analysis import ui
from analysis.charts import variance_by_day
from analysis.summary import by_day, morning_of

st.title("Today")
as_of = ui.as_of()
ui.forget()
st.caption(f"As of the end of {ui.long_day(as_of)}. US dollars; a figure opens its rows.")
ui.my_day(as_of)
is_fortnight = ui.tie_out(as_of)
ui.equation(as_of, is_fortnight)

found = ui.kept(("morning", as_of), lambda: morning_of(ui.store(), as_of))
ui.figures(found, ("tie", "overdue", "came"), as_of)
ui.figures(found, ("post", "unclear", "owed"), as_of)
with st.container(key="groups_pace"):
    left, right = st.columns([1, 2])
    with left:
        ui.group_of_figures(found, "pace")
    with right:
        ui.parts(as_of)
ui.opened_figure(found, ("pace",), as_of)

days = ui.kept(("by_day", as_of), lambda: by_day(ui.store(), as_of))
with st.container(border=True):
    if days.empty:
        ui.nothing_here("No deposit, remittance or posting in these days.", "pages/upload.py", "Upload files")
    else:
        st.plotly_chart(variance_by_day(days), key="by_day", alt="Deposited, remitted and posted dollars by day")
ui.day_by_day(as_of)
