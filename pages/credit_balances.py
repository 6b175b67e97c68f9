"""Credit balances: who is owed money, how old it is, why, and which clock runs."""

import streamlit as st

from analysis import ui
from analysis.credits.audit import credits

DEFINITION = "Accounts in credit, aged from the day the present run below zero began."
COLUMNS = ("age_days", "account_number", "patient_name", "credit_balance", "cause", "disposition", "owed_to")
COLUMNS += ("deadline_date", "refund_status", "aging_bucket", "financial_class", "payer_name", "credit_date")
COLUMNS += ("blocked_by", "clock", "facility")

st.title("Credit balances")
as_of = ui.as_of()
ui.outcome()
whole = ui.kept(("credits", as_of), lambda: credits(ui.store(), as_of))
if whole.empty:
    ui.all_clear("No account is in credit.", as_of)
    st.stop()
columns = ("aging_bucket", "financial_class", "cause", "disposition")
fitting = ui.filtered(whole, "credit_balances", columns, private_search=True)
if fitting.empty:
    ui.nothing_here("No credit fits these filters. Clear one to see more.")
    st.stop()
shown = ui.aging(fitting)
chosen = ui.table(shown, "credits", row_id="account_id", columns=COLUMNS)
left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    ui.foot(shown, whole, "credit_balance")
with right:
    ui.downloads(shown, "credits", "Credit balances", as_of, DEFINITION)

if chosen is None:
    st.caption(ui.spoken("Choose a row to see why the account is in credit, what to do, and its ledger."))
else:
    with st.container(border=True, key="credit_detail"):
        ui.credit_worksheet(chosen, as_of)
    with st.expander("Read it yourself", icon=":material/edit_note:"):
        ui.credit_reading(chosen, as_of)
    with st.expander("Record a day", icon=":material/event:"):
        ui.credit_marks(chosen, as_of)
    with st.expander("Request a refund", icon=":material/payments:"):
        ui.refund_request(chosen, as_of)
with st.expander("Credits over the days", icon=":material/show_chart:"):
    ui.trend(as_of)
with st.expander("Worklists for the billing system, and the roll-forward", icon=":material/assignment:"):
    ui.credit_worklists(as_of)
