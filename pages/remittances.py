"""Remittances: every payment advice as people read it, and whether it balances."""

import streamlit as st

from analysis import ui
from analysis.tieout.remittances import remittances

DEFINITION = "835 payments and keyed advice. Difference: payment minus claim payments plus provider adjustments."

st.title("Remittances")
as_of = ui.as_of()
whole = remittances(ui.store(), as_of)
if whole.empty:
    ui.nothing_here("No remittance is known up to this day.", "pages/upload.py", "Upload 835 files")
    st.stop()
shown = ui.filtered(whole, "remittances", ("payer_name", "payment_method", "in_balance", "is_duplicate"))
if shown.empty:
    ui.nothing_here("No remittance fits these filters. Clear one to see more.")
    st.stop()
columns = (
    "payment_date",
    "trace_number",
    "payer_name",
    "payment_method",
    "payment_amount",
    "claims",
    "claim_payment_amount",
    "provider_adjustment_amount",
    "transaction_difference",
    "in_balance",
    "is_duplicate",
    "file",
)
chosen = ui.table(shown, "remittances", row_id="remittance_id", columns=columns)
left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    ui.foot(shown, whole, "payment_amount", "claim_payment_amount", counts=lambda rows: ~rows["is_duplicate"])
with right:
    ui.downloads(shown, "remittances", "Remittances", as_of, DEFINITION)

if chosen is None:
    st.caption(ui.spoken("Choose a row to see its claims, adjustments, balances and raw segments."))
else:
    with st.container(border=True, key="remittances_detail"):
        names = ("trace_number", "payer_name", "payment_method", "handling_code", "payment_date", "in_balance")
        ui.facts(chosen, names, across=6)
        ui.amounts(
            chosen, ("payment_amount", "claim_payment_amount", "provider_adjustment_amount", "transaction_difference")
        )
        ui.way("remittance", chosen["remittance_id"])
        ui.way("remittance", chosen["duplicate_of"], "Open the remittance that this one repeats")
