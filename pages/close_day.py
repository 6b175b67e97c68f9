"""Close of day: does everything hold, what is left open, and who signs for it?"""

import streamlit as st

from analysis import ui
from analysis.match.unmatched import unmatched
from analysis.tieout.closing import closing_of, closings, totals_of
from analysis.tieout.closing_checks import check_frame, checks
from analysis.tieout.three_legs import state_totals

LEGS = ("tie_out_state", "deposit_count", "deposited_amount", "remittance_count", "remitted_amount", "batch_count")
LEG_WIDTHS = {"tie_out_state": 165, "what_to_do": 460}
LEG_WIDTHS |= {"deposit_count": 68, "remittance_count": 92, "batch_count": 64}
HISTORY = ("day", "status", "prepared_by", "prepared_at", "note", "reviewed_by", "reviewed_at", "reopened_by")

st.title("Close of day")
as_of = ui.as_of()
ui.outcome()
closing = closing_of(ui.store(), as_of)
st.caption(f"{ui.long_day(as_of)}: choose the day in the sidebar.")
ui.closing_state(as_of, closing)
ui.certificate_downloads(as_of, closing)

if closing is None or closing["status"] != "closed":
    st.subheader("Checks")
    found = ui.kept(("close_checks", as_of), lambda: check_frame(checks(ui.store(), as_of)))
    widths = {"item_count": 85, "check": 330, "detail": 440}
    ui.table(found, "close_checks", widths=widths, lines=2)
ui.sign(as_of, closing)

st.subheader("Three legs by state")
legs = ui.kept(("state_totals", as_of), lambda: state_totals(ui.store(), as_of))
ui.table(legs, "close_states", columns=(*LEGS, "posted_amount", "what_to_do"), widths=LEG_WIDTHS)

if closing is not None and closing["status"] != "reopened":
    st.subheader("Figures as they were signed")
    signed = totals_of(ui.store(), closing["closing_id"])
    ui.table(signed, "close_totals", columns=("label", "item_count", "amount", "definition"))

st.subheader("Open at the end of the day")
items = ui.kept(("close_open", as_of), lambda: unmatched(ui.store(), as_of))
if items.empty:
    ui.all_clear("Nothing is open.")
else:
    listed = ("item_type", "amount", "payer_name", "reference", "age_days", "why")
    ui.table(
        items, "close_open", columns=listed, widths={"item_type": 170, "payer_name": 150, "age_days": 72, "why": 520}
    )
    ui.foot(items, items, "amount")
    st.page_link("pages/unmatched.py", label="Work on them under Unmatched", icon=":material/link_off:")

history = closings(ui.store())
if not history.empty:
    with st.expander(f"Closings so far: {len(history):,}", icon=":material/history:"):
        ui.table(history, "closings", columns=(*HISTORY, "reopened_for", "content_hash"))
