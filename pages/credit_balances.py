"""Credit balances: who is owed money, how old it is, why, and which clock runs."""

import streamlit as st

from analysis import ui
from analysis.charts import aging_chart
from analysis.credits.audit import credits

DEFINITION = "Accounts in credit, aged from the day the present run below zero began."

st.title("Credit balances")
as_of = ui.as_of()
whole = credits(ui.store(), as_of)
if whole.empty:
    ui.all_clear("No account is in credit.")
    st.stop()
columns = ("aging_bucket", "financial_class", "cause", "disposition")
shown = ui.filtered(whole, "credit_balances", columns, private_search=True)
if shown.empty:
    ui.nothing_here("No credit fits these filters. Clear one to see more.")
    st.stop()
st.plotly_chart(aging_chart(shown), key="aging", alt="Credit balances by age and financial class")
columns = ("age_days", "account_number", "patient_name", "credit_balance", "cause", "disposition", "owed_to")
columns += ("deadline_date", "aging_bucket", "financial_class", "payer_name", "credit_date", "blocked_by", "facility")
chosen = ui.table(shown, "credits", row_id="account_id", columns=columns)
left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    ui.foot(shown, whole, "credit_balance")
with right:
    ui.downloads(shown, "credits", "Credit balances", as_of, DEFINITION)

if chosen is None:
    st.caption("Choose a row to see why the account is in credit, what to do, and its ledger.")
else:
    with st.container(border=True, key="credit_detail"):
        ui.facts(
            chosen, ("account_number", "patient_name", "credit_balance", "age_days", "cause", "disposition"), across=6
        )
        ui.facts(chosen, ("owed_to", "deadline_date", "blocked_by", "facility", "state", "payer_name"), across=6)
        ui.facts(chosen, ("evidence",), across=1)
        ui.way("account", chosen["account_id"], "Open the account and its ledger")
