"""Today: does the day tie, and what needs doing first?"""

import streamlit as st

from analysis import ui
from analysis.charts import unmatched_by_type, variance_by_day
from analysis.credits.aging import credits
from analysis.match.unmatched import unmatched
from analysis.store.files import findings
from analysis.summary import by_day, summary

st.title("Today")
as_of = ui.as_of()
ui.forget()
st.caption(f"As of the end of {ui.long_day(as_of)}. US dollars; a figure opens its rows.")
ui.figures(summary(ui.store(), as_of))

days, open_items = by_day(ui.store(), as_of), unmatched(ui.store(), as_of)
left, right = st.columns([3, 2])
with left.container(border=True, height="stretch"):
    if days.empty:
        ui.nothing_here("No deposit, remittance or posting up to this day.", "pages/upload.py", "Upload files")
    else:
        st.plotly_chart(variance_by_day(days), key="by_day", alt="Deposited, remitted and posted dollars by day")
with right.container(border=True, height="stretch"):
    if open_items.empty:
        ui.all_clear("Nothing is open.")
    else:
        st.plotly_chart(unmatched_by_type(open_items), key="by_type", alt="Open items by type")

left, right = st.columns(2)
with left:
    st.subheader("Oldest open items")
    oldest = open_items.sort_values("age_days", ascending=False, kind="stable").head(8)
    if oldest.empty:
        ui.all_clear("Nothing is open.")
    else:
        chosen = ui.table(oldest, "oldest", row_id="item_id", columns=("age_days", "item_type", "amount", "payer_name"))
        if chosen is not None:
            st.text(f"{chosen['why']}; next: {chosen['next_step']}")
            ui.way(chosen["side"], chosen["fact_id"])
with right:
    st.subheader("Oldest credit balances")
    owed = credits(ui.store(), as_of).sort_values("age_days", ascending=False, kind="stable").head(8)
    if owed.empty:
        ui.all_clear("No account is in credit.")
    else:
        columns = ("age_days", "account_number", "credit_balance", "financial_class", "payer_name")
        chosen = ui.table(owed, "oldest_credits", row_id="account_id", columns=columns)
        if chosen is not None:
            ui.way("account", chosen["account_id"])

st.subheader("Findings in the files")
found = findings(ui.store())
serious = found[found["severity"] != "info"]
if serious.empty:
    ui.all_clear("No file has an error or a warning.")
else:
    ui.table(serious, "findings", columns=("severity", "file", "code", "location", "message", "amount"))
