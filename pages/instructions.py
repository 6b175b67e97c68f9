"""Instructions: what the billing system has to be told, what was sent, and what its extracts show done since."""

import streamlit as st

from analysis import ui

st.title("Instructions")
as_of = ui.as_of()
ui.outcome()
shown = ui.instructions_in(as_of)
if shown.empty:
    ui.nothing_here(
        "Nothing is to be told to the billing system. What is comes from the audit of credits and from readings.",
        "pages/credit_balances.py",
        "To credit balances",
    )
else:
    ui.instruction_table(shown, as_of)
st.subheader("Lists that went to the billing system")
ui.sent_lists(as_of)
st.subheader("Small balances")
ui.small_balance_worklist(as_of)
ui.small_lists(as_of)
with st.expander("Policy on small balances", icon=":material/tune:"):
    ui.small_balance_policy(as_of)
