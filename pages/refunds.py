"""Refunds: who waits for approval, what can go out, which cheque is on its way, and what was refused."""

import streamlit as st

from analysis import ui

st.title("Refunds")
as_of = ui.as_of()
ui.outcome()
ui.money_gone_twice(as_of)
shown = ui.queue(as_of)
if shown.empty:
    ui.nothing_here(
        "No refund has been requested. Request one from an account's worksheet.",
        "pages/credit_balances.py",
        "To credit balances",
    )
else:
    ticked = ui.refund_table(shown, as_of)
    if not ticked:
        st.caption("Tick refunds to approve, decline or export them, one to see its history and its next step.")
    else:
        with st.container(border=True, key="refund_detail"):
            ui.refund_actions(ticked, as_of)
st.subheader("Lists for accounts payable")
ui.refund_lists(as_of)
with st.expander("Policy", icon=":material/tune:"):
    ui.refund_policy(as_of)
